"""Prints golden spectra: python3 spectra.py DATE > spectra.txt

The sums of the definition in 40 decimal digits (mpmath), rounded to 20.
"""

import platform
import sys

import mpmath
from mpmath import mp, mpf, expjpi, nstr

mp.dps = 40

LENGTHS = [1, 2, 5, 8, 13, 64, 97, 128, 1000]


def number(j):
    """Complex number j of every input; its parts are multiples of 1/512 below 1."""
    re = (7 * j**3 + 37 * j**2 + 11 * j + 5) % 1009 - 504
    im = (3 * j**3 + 101 * j**2 + 29 * j + 17) % 1009 - 504
    return mp.mpc(mpf(re) / 512, mpf(im) / 512)


def frequencies(n):
    """All of a short spectrum, some of a long one, each with its mirror image."""
    if n <= 13:
        return range(n)
    some = [0, 1, 2, 3, n // 4, n // 3, n // 2 - 1, n // 2]
    return sorted({k % n for s in some for k in (s, n - s)})


def digits(x):
    return nstr(x, 20, strip_zeros=True)


print("# y[k] = sum over j of x[j] exp(-2 pi i j k / n), x[j] = number(j) of spectra.py")
print("# made by spectra.py with Python %s and mpmath %s on %s" % (
    platform.python_version(), mpmath.__version__, sys.argv[1]))
print("# n k re im")
for n in LENGTHS:
    for k in frequencies(n):
        y = mp.fsum(number(j) * expjpi(mpf(-2 * (j * k % n)) / n) for j in range(n))
        print(n, k, digits(y.real), digits(y.imag))
