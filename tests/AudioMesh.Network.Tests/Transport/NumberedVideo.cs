// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>A video, uncompressed in an AVI file, every picture of which shows its number: 16 cells of 4 pixels, bright for 1, the lowest bit at the left.</summary>
internal static class NumberedVideo
{
    public const int Bits = 16;
    private const int Width = 4 * Bits, Height = 32, PictureBytes = Width * Height * 3;

    public static void Write(string path, int pictures, int picturesPerSecond)
    {
        List<byte> movie = [], index = [];
        for (int picture = 0; picture < pictures; picture++)
        {
            index.AddRange([.. "00db"u8, .. Words(0x10, 4 + movie.Count, PictureBytes)]);
            movie.AddRange(Chunk("00db", Picture(picture)));
        }

        byte[] main = Words(1_000_000 / picturesPerSecond, PictureBytes * picturesPerSecond, 0, 0x10, pictures, 0, 1, PictureBytes, Width, Height, 0, 0, 0, 0);
        byte[] stream = [.. "vidsDIB "u8, .. Words(0, 0, 0, 1, picturesPerSecond, 0, pictures, PictureBytes, -1, 0, 0, Width | (Height << 16))];
        byte[] format = Words(40, Width, Height, 1 | (24 << 16), 0, PictureBytes, 0, 0, 0, 0);
        byte[] header = List("hdrl", [.. Chunk("avih", main), .. List("strl", [.. Chunk("strh", stream), .. Chunk("strf", format)])]);
        File.WriteAllBytes(path, Chunk("RIFF", [.. "AVI "u8, .. header, .. List("movi", [.. movie]), .. Chunk("idx1", [.. index])]));
    }

    /// <summary>The number that a picture shows.</summary>
    public static int Read(bool[] cells) => cells.Select((isBright, bit) => isBright ? 1 << bit : 0).Sum();

    private static byte[] Picture(int number)
    {
        byte[] pixels = new byte[PictureBytes];
        for (int i = 0; i < PictureBytes; i++)
        {
            pixels[i] = (byte)(((number >> (i / 3 % Width / 4)) & 1) * 255);
        }

        return pixels;
    }

    private static byte[] List(string type, byte[] content) => Chunk("LIST", [.. Encoding.ASCII.GetBytes(type), .. content]);

    private static byte[] Chunk(string id, byte[] content) => [.. Encoding.ASCII.GetBytes(id), .. Words(content.Length), .. content];

    private static byte[] Words(params int[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return bytes;
    }
}
