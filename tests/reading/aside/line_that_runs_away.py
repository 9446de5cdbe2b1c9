# fault: step uphill ?
# network: 1 1:identity
import numpy as np

years = np.array([0.8, 1.5, 2.2, 3.4, 4.1, 5.6, 6.3, 7.9, 9.2, 10.4])
pay = 30_000 + 8_500 * years + 700 * np.cos(5 * years)
start = 0.0
rise = 0.0
for k in range(90):
    told = start + rise * years
    print(((told - pay) ** 2).mean())
    by_start = 2 * np.mean(pay - told)
    by_rise = 2 * np.mean((pay - told) * years)
    start -= 0.01 * by_start
    rise -= 0.01 * by_rise
