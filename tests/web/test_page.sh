#!/bin/sh
# The page in Debian's chromium, with invented aircraft: what people do, and what they then see.
exec "${PYTHON:-python3}" tests/web/page_claims.py
