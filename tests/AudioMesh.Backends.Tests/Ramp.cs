// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Tests;

/// <summary>
/// A test signal whose every sample says which frame and channel it is: whole numbers over 2^24, exact in single precision and
/// never zero, so lost, doubled, swapped and stale samples all show.
/// </summary>
internal static class Ramp
{
    private const float Scale = 1f / (1 << 24);

    public static float At(long frame, int channel, int channels) => ((frame * channels) + channel + 1) % (1 << 24) * Scale;

    /// <summary>
    /// Looks for the ramp in planar channels: how many frames follow one another from <paramref name="firstFrame"/>, the ramp's frame found first;
    /// silence before it and after it is skipped. Fails the test where the ramp breaks.
    /// </summary>
    public static int CountFollowing(float[][] captured, out long firstFrame)
    {
        int channels = captured.Length;
        int length = captured[0].Length;
        int start = 0;
        while (start < length && captured[0][start] == 0)
        {
            start++;
        }

        firstFrame = start == length ? -1 : ((long)MathF.Round(captured[0][start] / Scale) - 1) / channels;
        int end = length;
        while (end > start && captured[0][end - 1] == 0)
        {
            end--;
        }

        for (int i = start; i < end; i++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                float expected = At(firstFrame + i - start, channel, channels);
                if (captured[channel][i] != expected)
                {
                    Assert.Fail($"Channel {channel}, frame {i - start} of {end - start}: {captured[channel][i] / Scale} where the ramp has {expected / Scale}.");
                }
            }
        }

        return end - start;
    }
}
