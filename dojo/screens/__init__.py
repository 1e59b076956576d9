"""What people and programs see: each module turns plain data into output and knows nothing else."""
