// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed class OverlapTests
{
    private delegate void Kernel(ReadOnlySpan<float> source, Span<float> destination);

    [Test]
    public void Adding_reads_every_sample_before_it_is_written() => Check(Mix.Add);

    [Test]
    public void Adding_scaled_reads_every_sample_before_it_is_written() => Check((source, destination) => Mix.AddScaled(source, 0.7f, destination));

    [Test]
    public void Adding_ramped_reads_every_sample_before_it_is_written() =>
        Check((source, destination) => GainRamp.AddRamped(source, 0.1f, 0.9f, destination));

    [Test]
    public void Adding_by_power_reads_every_sample_before_it_is_written() =>
        Check((source, destination) => PowerRamp.AddRamped(source, 0.1f, 0.9f, destination));

    private static void Check(Kernel kernel)
    {
        float[] signal = Signals.Wild(1024);
        foreach (int count in (int[])[1, 3, 4, 9, 16, 33, 100, 128, 200, 511])
        {
            for (int shift = -70; shift <= 70; shift++)
            {
                const int middle = 100;
                float[] actual = [.. signal];
                float[] expected = [.. signal];
                kernel([.. signal.AsSpan(middle, count)], expected.AsSpan(middle + shift, count));
                kernel(actual.AsSpan(middle, count), actual.AsSpan(middle + shift, count));
                Signals.AssertSame(actual, expected, $"{count} samples moved by {shift}");
            }
        }
    }
}
