"""What goes back to students: their reports with the score that counts, in the forms that platforms take back.

statement   whose it is, what counts and how it came about      pages     the statement put into page, notebook, results
student     everything for one student                          write     folders, a sheet for a mail merge, all of it
uploads     Moodle's, Canvas's, nbgrader's and Gradescope's own forms
"""
