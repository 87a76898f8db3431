// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>
/// A signal of whole numbers of up to 24 bits, which a float holds exactly, and what a device stores of it. Every sample says its
/// frame and channel; both ends of the range are in it.
/// </summary>
internal static class IntegerSignal
{
    /// <summary>The sample as a number of <paramref name="bits"/> bits.</summary>
    public static int At(int index, int bits)
    {
        int scrambled = unchecked((int)((uint)index * 2654435761u));
        int value = scrambled >> (32 - bits);
        return index switch { 0 => (1 << (bits - 1)) - 1, 1 => -(1 << (bits - 1)), _ => value == 0 ? 1 : value };
    }

    /// <summary>Significant bits of <paramref name="format"/>, as far as a float has them.</summary>
    public static int Bits(SampleFormat format) => format == SampleFormat.Int16 ? 16 : 24;

    /// <summary>The sample as the engine sees it.</summary>
    public static float AsFloat(int value, SampleFormat format) => value / (float)(1 << (Bits(format) - 1));

    /// <summary>The little-endian bytes a device of <paramref name="format"/> has for the sample.</summary>
    public static byte[] AsBytes(int value, SampleFormat format) => format switch
    {
        SampleFormat.Int16 => BitConverter.GetBytes((short)value),
        SampleFormat.Int24 => BitConverter.GetBytes(value)[..3],
        SampleFormat.Int24In32 => BitConverter.GetBytes(value),
        SampleFormat.Int32 => BitConverter.GetBytes(value << 8),
        _ => BitConverter.GetBytes(AsFloat(value, format)),
    };

    /// <summary>Samples from <paramref name="first"/> on as bytes.</summary>
    public static byte[] AsBytes(int first, int count, SampleFormat format)
    {
        List<byte> bytes = new(count * sizeof(int));
        for (int i = first; i < first + count; i++)
        {
            bytes.AddRange(AsBytes(At(i, Bits(format)), format));
        }

        return [.. bytes];
    }
}
