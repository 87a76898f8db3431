// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

public sealed class ReplayWindowTests
{
    [Test]
    public void It_knows_what_a_list_of_all_counters_knows([Values(1, 40, 700, 3000, 200_000)] int spread, [Values(1UL, 2UL)] ulong seed)
    {
        RepeatableRandom random = new(seed);
        ReplayWindow window = new();
        HashSet<ulong> heard = [];
        ulong newest = 0;
        for (int i = 0; i < 20_000; i++)
        {
            ulong counter = (ulong)Math.Max(0, (long)newest + random.Next(2 * spread) - spread + 1);
            DropCause expected = counter == 0 || (newest >= ReplayWindow.Size && counter <= newest - ReplayWindow.Size) ? DropCause.TooOld
                : heard.Contains(counter) ? DropCause.Replayed
                : DropCause.None;
            Assert.That(window.Check(counter), Is.EqualTo(expected), $"{counter} of {newest}");
            if (expected == DropCause.None)
            {
                window.Mark(counter);
                heard.Add(counter);
                newest = Math.Max(newest, counter);
            }
        }
    }

    [Test]
    public void It_works_up_to_the_last_counter()
    {
        ReplayWindow window = new();
        window.Mark(1);
        window.Mark(ulong.MaxValue - 1);
        window.Mark(ulong.MaxValue);
        Assert.That(window.Check(ulong.MaxValue), Is.EqualTo(DropCause.Replayed));
        Assert.That(window.Check(ulong.MaxValue - 2), Is.EqualTo(DropCause.None));
        Assert.That(window.Check(1), Is.EqualTo(DropCause.TooOld));
    }

    [Test]
    public void It_is_wide_enough_for_many_lanes() => Assert.That(ReplayWindow.Size, Is.GreaterThanOrEqualTo(1024));
}
