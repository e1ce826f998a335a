package dev.notecast.server.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** This JVM, under the names that Prometheus's own Java client gives them. */
final class JvmMetrics {
    private JvmMetrics() {}

    static void addTo(MetricTable table) {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        table.counter("process_cpu_seconds", "CPU time of this process in seconds", system.getProcessCpuTime() / 1e9);
        table.gauge(
                "process_start_time_seconds",
                "when this process began, in seconds since 1970",
                ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        String used = "bytes in use";
        table.gauge("jvm_memory_used_bytes", used, memory.getHeapMemoryUsage().getUsed(), "area", "heap");
        table.gauge(
                "jvm_memory_used_bytes", used, memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
        table.gauge(
                "jvm_memory_max_bytes",
                "bytes that may be used",
                memory.getHeapMemoryUsage().getMax(),
                "area",
                "heap");
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            table.gauge(
                    "jvm_buffer_pool_used_bytes",
                    "bytes of direct buffers",
                    pool.getMemoryUsed(),
                    "pool",
                    pool.getName());
        }
        table.gauge(
                "jvm_threads_current",
                "platform threads",
                ManagementFactory.getThreadMXBean().getThreadCount());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            String name = collector.getName();
            table.counter("jvm_gc_collections", "collections", collector.getCollectionCount(), "gc", name);
            table.counter("jvm_gc_seconds", "time of collections", collector.getCollectionTime() / 1e3, "gc", name);
        }
    }
}
