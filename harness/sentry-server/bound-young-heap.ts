/** Keeps the youngest part of the heap small, in a process that is there for the embedded Sentry alone. */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** V8 would take up to 96 MiB of a large machine, and what waits there for collection holds as much again in buffers. */
const BYTES = 16 * 1024 * 1024;

/** For the whole process, and for good: no library should ask for it. */
export function boundYoungHeap(): void {
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (young === undefined || young.space_size < BYTES) return;
    observer.disconnect();
    // Read by V8 whenever it would let that part grow.
    setFlagsFromString('--semi-space-growth-factor=1');
  });
  observer.observe({ entryTypes: ['gc'] });
}
