// SPDX-License-Identifier: MIT
using AudioMesh.Files;

namespace AudioMesh.Latency.Ramp;

/// <summary>
/// Stereo in which every sample is another whole number over 2^24: exact in single precision and never zero, so what is lost, doubled or
/// changed shows.
/// </summary>
internal static class RampSignal
{
    public const int Channels = 2;
    public const int Rate = 48_000;
    public const int MaxSeconds = 170;

    private const float Scale = 1f / (1 << 24);
    private const int BlockFrames = 4800;

    public static float At(long frame, int channel) => ((frame * Channels) + channel + 1) * Scale;

    /// <summary>The frame a sample of the first channel belongs to, or -1 where it is not of the ramp.</summary>
    public static long FrameOf(float sample)
    {
        double number = sample / (double)Scale;
        return number >= 1 && number % 1 == 0 && ((long)number - 1) % Channels == 0 ? ((long)number - 1) / Channels : -1;
    }

    /// <summary>Writes silence and then the ramp as a float WAV file.</summary>
    public static void WriteTo(string path, int silenceFrames, int frames)
    {
        using IAudioFileWriter file = AudioFile.Create(path, new AudioFileOptions { Rate = Rate, Channels = Channels, Format = FileSampleFormat.Float32 });
        file.WriteSilence(silenceFrames);
        float[] block = new float[BlockFrames * Channels];
        for (int frame = 0; frame < frames; frame += BlockFrames)
        {
            int count = Math.Min(BlockFrames, frames - frame);
            for (int i = 0; i < count * Channels; i++)
            {
                block[i] = At(frame + (i / Channels), i % Channels);
            }

            file.Write(block.AsSpan(0, count * Channels));
        }
    }
}
