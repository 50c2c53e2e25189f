#!/bin/sh
#SBATCH --job-name=sotay
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --cpus-per-task=1
# One part of a build. Asked to stop, it ends with 75 and comes into the queue again.
echo "part $SLURM_ARRAY_TASK_ID of $SLURM_ARRAY_TASK_COUNT on $SLURMD_NODENAME, begun ${SLURM_RESTART_COUNT:-0} times before"
"$SOTAY" build --wait --keep-going --progress=plain -o "$OUT" -j "${SLURM_CPUS_PER_TASK:-1}" \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" &
pid=$!
trap 'kill -TERM $pid' TERM
status=0
wait $pid || status=$?
kill -0 $pid 2>/dev/null && { status=0; wait $pid || status=$?; }
echo "part $SLURM_ARRAY_TASK_ID ended with $status"
[ $status = 75 ] && scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
exit $status
