// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Tests.RealtimeSystem;

[Platform("Linux")]
internal sealed class RealtimeThreadTests
{
    [Test]
    public void It_has_the_name_and_the_priority_it_reports()
    {
        string? name = null;
        int priority = -1;
        RealtimeThread thread = RealtimeThread.Start("audiomesh-test", 5, 1_000_000, () =>
        {
            name = File.ReadAllText("/proc/thread-self/comm").Trim();
            priority = Kernel.Priority;
        });
        Assert.That(thread.Join(10_000), Is.True);
        Assert.That(name, Is.EqualTo("audiomesh-test"));
        Assert.That(priority, Is.EqualTo(thread.Grant.Priority));
    }

    [Test]
    public void It_runs_without_denormals()
    {
        float small = 1e-20f;
        float product = -1;
        RealtimeThread.Start("audiomesh-test", 5, 1_000_000, () => product = small * Volatile.Read(ref small)).Join(10_000);
        Assert.That(product, Is.Zero);
    }

    [Test]
    public void Join_tells_whether_the_body_has_ended()
    {
        using ManualResetEventSlim end = new();
        RealtimeThread thread = RealtimeThread.Start("audiomesh-test", 5, 1_000_000, end.Wait);
        Assert.That(thread.Join(10), Is.False);
        end.Set();
        Assert.That(thread.Join(10_000), Is.True);
    }

    [Test]
    public void A_senseless_priority_is_refused_before_a_thread_starts() =>
        Assert.That(() => RealtimeThread.Start("audiomesh-test", 0, 1_000_000, () => { }), Throws.TypeOf<AudioMeshException>());
}
