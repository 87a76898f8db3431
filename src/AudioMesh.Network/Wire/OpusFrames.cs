// SPDX-License-Identifier: MIT
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Wire;

/// <summary>What Opus can do here: which rates and packet lengths (RFC 6716, section 2; of the lengths those that a packet of ours may have), and whether it is there.</summary>
public static class OpusFrames
{
    /// <summary>Bits per second and channel.</summary>
    internal const int BitrateEach = 128_000;

    /// <summary>The longest packet of one frame: RFC 6716, section 3.4.</summary>
    internal const int MostBytes = 1275;

    /// <summary>Whether libopus is installed; else <paramref name="reason"/> says what to install.</summary>
    public static bool IsAvailable(out string reason) => LibOpus.TryGet(out _, out reason);

    /// <summary>How many frames later than it was given a sound comes out of the decoder: 2.5 ms.</summary>
    public static int DelayAt(int rate) => rate / 400;

    /// <summary>
    /// Frames of a packet for blocks of <paramref name="blockFrames"/>: the longest of 2.5, 5 and 10 ms that is not longer, else 2.5 ms. Throws FormatUnsupported for a rate
    /// that Opus does not know.
    /// </summary>
    public static int For(int rate, int blockFrames)
    {
        CheckRate(rate);
        int shortest = rate / 400;
        return blockFrames >= shortest * 4 ? shortest * 4 : blockFrames >= shortest * 2 ? shortest * 2 : shortest;
    }

    internal static void Check(int rate, int channels, int frames)
    {
        CheckRate(rate);
        if (channels is not (1 or 2))
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"Opus does not know packets of {channels} channels.") { Field = "channels", Allowed = "1, 2" };
        }

        if (frames != rate / 400 && frames != rate / 200 && frames != rate / 100)
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"Opus does not know packets of {frames} frames at {rate} Hz.")
            {
                Field = "frames",
                Allowed = $"{rate / 400}, {rate / 200}, {rate / 100}",
            };
        }
    }

    private static void CheckRate(int rate)
    {
        if (rate is not (8_000 or 12_000 or 16_000 or 24_000 or 48_000))
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"Opus does not know {rate} Hz.")
            {
                Field = "rate",
                Allowed = "8000, 12000, 16000, 24000, 48000",
            };
        }
    }
}
