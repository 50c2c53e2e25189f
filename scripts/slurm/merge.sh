#!/bin/sh
#SBATCH --job-name=sotay-merge
#SBATCH --requeue
#SBATCH --open-mode=append
exec "$SOTAY" merge --wait -o "$OUT"
