// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Tests.RealtimeSystem;

[Platform("Linux")]
internal sealed unsafe class MemoryLockTests
{
    private const int Bytes = 64 * 1024;

    [TearDown]
    public void Unlock() => MemoryLock.UnlockProcess();

    [Test]
    public void A_locked_process_holds_memory_it_gets_later()
    {
        MemoryLockResult result = MemoryLock.LockProcess();
        Assume.That(result.Scope, Is.EqualTo(MemoryLockScope.Process), result.Reason);
        long before = LockedKilobytes();
        void* later = NativeMemory.Alloc(32 * 1024 * 1024);
        long after = LockedKilobytes();
        NativeMemory.Free(later);
        Assert.That(after - before, Is.GreaterThanOrEqualTo(32 * 1024));
        MemoryLock.UnlockProcess();
        Assert.That(LockedKilobytes(), Is.Zero);
    }

    [Test]
    public void Without_rights_the_ranges_are_locked_and_the_reason_named()
    {
        void* memory = NativeMemory.AlignedAlloc(Bytes, 4096);
        MemoryLockResult result = LockWithoutRights(new MemoryRange((nint)memory, Bytes));
        long locked = LockedKilobytes();
        NativeMemory.AlignedFree(memory);
        Assume.That(result.Scope, Is.Not.EqualTo(MemoryLockScope.Process), "RLIMIT_MEMLOCK is unlimited");
        Assert.That(result.Scope, Is.EqualTo(MemoryLockScope.Ranges), result.Reason);
        Assert.That(result.Reason, Does.Contain("RLIMIT_MEMLOCK").And.Contain("CAP_IPC_LOCK"));
        Assert.That(locked, Is.GreaterThanOrEqualTo(Bytes / 1024));
    }

    [Test]
    public void A_range_that_cannot_be_locked_is_named()
    {
        void* memory = NativeMemory.AlignedAlloc(Bytes, 4096);
        MemoryLockResult result = LockWithoutRights(new MemoryRange((nint)memory, Bytes), new MemoryRange(4096, 12345));
        NativeMemory.AlignedFree(memory);
        Assume.That(result.Scope, Is.Not.EqualTo(MemoryLockScope.Process), "RLIMIT_MEMLOCK is unlimited");
        Assert.That(result.Scope, Is.EqualTo(MemoryLockScope.SomeRanges));
        Assert.That(result.Reason, Does.Contain("12345 bytes"));
    }

    private static MemoryLockResult LockWithoutRights(params MemoryRange[] ranges) => Kernel.OnFreshThread(() =>
    {
        Kernel.DropCapabilities();
        return MemoryLock.LockProcess(ranges);
    });

    private static long LockedKilobytes()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("VmLck:"))
            {
                return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
            }
        }

        throw new InvalidOperationException("No VmLck in /proc/self/status.");
    }
}
