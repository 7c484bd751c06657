"""Speed as ratios against the raw driver or toolkit in the same run; `python -m bench` prints one JSON object."""
