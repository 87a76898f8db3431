// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Unicode;

namespace AudioMesh.Network.Wire;

/// <summary>Names in bodies: a byte with the length, then UTF-8.</summary>
internal static class WireText
{
    /// <summary>Most bytes of a name.</summary>
    internal const int MostBytes = 63;

    /// <summary>Throws InvalidArgument where <paramref name="text"/> is too long for a body.</summary>
    internal static string Checked(string text, string field)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        return bytes <= MostBytes ? text
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"'{text}' has {bytes} bytes.") { Field = field, Allowed = $"up to {MostBytes} bytes" };
    }

    internal static void Write(Span<byte> body, ref int at, string text)
    {
        int bytes = Encoding.UTF8.GetBytes(text, body[(at + 1)..]);
        body[at] = (byte)bytes;
        at += 1 + bytes;
    }

    internal static bool TryRead(ReadOnlySpan<byte> body, ref int at, out string text)
    {
        text = "";
        if (at >= body.Length || body[at] > MostBytes || body[at] > body.Length - at - 1)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = body.Slice(at + 1, body[at]);
        if (!Utf8.IsValid(bytes))
        {
            return false;
        }

        at += 1 + bytes.Length;
        text = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
