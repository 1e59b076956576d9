"""Measurements that the README quotes, as ratios taken side by side in one run."""
