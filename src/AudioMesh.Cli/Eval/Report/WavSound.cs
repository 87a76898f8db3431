// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>Writes one channel as a WAV file of 16 bit.</summary>
internal static class WavSound
{
    private const int HeaderBytes = 44;
    private const int SampleBytes = 2;

    public static byte[] Write(ReadOnlySpan<float> samples, int rate)
    {
        byte[] file = new byte[HeaderBytes + (samples.Length * SampleBytes)];
        Encoding.ASCII.GetBytes("RIFF....WAVEfmt ").CopyTo(file, 0);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), rate * SampleBytes);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), SampleBytes);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 8 * SampleBytes);
        Encoding.ASCII.GetBytes("data").CopyTo(file, 36);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples.Length * SampleBytes);
        for (int n = 0; n < samples.Length; n++)
        {
            float rounded = MathF.Round(Math.Clamp(samples[n], -1f, 1f) * short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderBytes + (n * SampleBytes)), float.IsNaN(rounded) ? (short)0 : (short)rounded);
        }

        return file;
    }
}
