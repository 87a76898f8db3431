// SPDX-License-Identifier: MIT
namespace AudioMesh.Resampling.Candidates;

/// <summary>A way to resample, and how to begin a stream of it.</summary>
internal sealed record Candidate(string Name, Func<Conversion, int, IStream> Open)
{
    private const int BlockFrames = 1024;

    /// <summary>Resamples <paramref name="input"/> block by block; the stream's end stays inside.</summary>
    public float[] Convert(Conversion conversion, ReadOnlySpan<float> input, int channels = 1)
    {
        using IStream stream = Open(conversion, channels);
        float[] output = new float[(int)(input.Length * conversion.Ratio) + (BlockFrames * channels * 64)];
        int made = 0;
        for (int at = 0; at < input.Length; at += BlockFrames * channels)
        {
            int length = Math.Min(BlockFrames * channels, input.Length - at);
            made += stream.Process(input.Slice(at, length), output.AsSpan(made)) * channels;
        }

        return output[..made];
    }
}
