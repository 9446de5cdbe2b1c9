"""The engine: a durable queue, the processes that grade, and who watches over them.

queue          jobs in the database, in the transaction that writes what they are about
worker         a process that takes one job after the other         process    its child, which grades
caretaker      what one worker does for all: the jobs of the dead, lost and long-waiting ones
supervisor     `grade serve`: the workers and the web server, kept alive
"""
