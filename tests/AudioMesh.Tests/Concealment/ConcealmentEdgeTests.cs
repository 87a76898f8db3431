// SPDX-License-Identifier: MIT
namespace AudioMesh.Tests.Concealment;

/// <summary>Where a fill begins and ends nothing is heard that bends more sharply than the sound around it.</summary>
internal sealed class ConcealmentEdgeTests
{
    private const int Block = 128;
    private const int Gap = 8192;

    [Test]
    public void A_fill_after_a_note_that_ended_sets_off_smoothly()
    {
        float[] note = [.. Enumerable.Range(0, 2 * Gap).Select(NoteThatEndsBeforeTheGap)];
        using ConcealedStream stream = new();
        float[] heard = stream.Play(note, Block, i => i == Gap / Block);
        Assert.That(SharpestBend(heard, Gap - 2, Gap + 3), Is.LessThan(4e-5));
    }

    [Test]
    public void A_fill_ends_in_silence_that_is_known_to_come()
    {
        float[] sound = [.. Enumerable.Range(0, 2 * Gap).Select(n => n < Gap ? (float)(0.5 * Math.Sin(n * 0.0576)) : 0)];
        using ConcealedStream stream = new();
        float[] heard = stream.Play(sound, Block, i => i == Gap / Block, later: Block);
        Assert.That(SharpestBend(heard, Gap + Block - 3, Gap + Block + 3), Is.LessThan(0.004));
    }

    // A chord that fades until 100 frames before the gap, and a hum.
    private static float NoteThatEndsBeforeTheGap(int n)
    {
        double level = 0.5 + (0.5 * Math.Cos(Math.PI * Math.Clamp((n - (Gap - 400)) / 300.0, 0, 1)));
        double t = 2 * Math.PI * n / 48000;
        double chord = (0.25 * Math.Sin(261.63 * t)) + (0.18 * Math.Sin(1318.5 * t)) + (0.12 * Math.Sin(2637 * t));
        return (float)((level * chord) + (0.005 * Math.Sin(60 * t)));
    }

    private static double SharpestBend(float[] samples, int first, int last) =>
        Enumerable.Range(first, last - first).Max(n => Math.Abs(samples[n - 1] - (2.0 * samples[n]) + samples[n + 1]));
}
