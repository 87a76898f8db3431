// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Tests.Clock;

internal sealed class MeshTimeTests
{
    [Test]
    public void Unknown_is_not_known() => Assert.That(MeshTime.Unknown.IsKnown, Is.False);

    [Test]
    public void Difference_counts_nanoseconds_from_the_right_to_the_left() =>
        Assert.That(new MeshTime(1_000_000_007) - new MeshTime(7), Is.EqualTo(1_000_000_000));

    [Test]
    public void Instants_are_ordered()
    {
        MeshTime early = new(-5);
        MeshTime late = early.Add(6);
        Assert.That(early < late && early <= late && late > early && late >= early && !(late < early));
        Assert.That(early.CompareTo(late), Is.Negative);
    }

    [Test]
    public void The_clock_never_goes_back()
    {
        MeshTime last = MeshClock.Now;
        for (int i = 0; i < 100_000; i++)
        {
            MeshTime now = MeshClock.Now;
            Assert.That(now >= last);
            last = now;
        }
    }
}
