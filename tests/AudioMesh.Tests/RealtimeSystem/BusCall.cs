// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Tests.RealtimeSystem;

/// <summary>A method call as the fake bus received it, and the answers it can get.</summary>
internal sealed record BusCall(uint Serial, byte[] Fields, byte[] Body)
{
    /// <summary>Whether a header field or the body carries this text.</summary>
    public bool Names(string text) =>
        Fields.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text + "\0")) >= 0 || Body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text + "\0")) >= 0;

    public byte[] Return() => Message(2, [], "", []);

    /// <summary>A variant with a 32-bit or 64-bit integer.</summary>
    public byte[] ReturnNumber(char type, long value) => Message(
        2, [], "v", [1, (byte)type, 0, 0, .. type == 'x' ? (byte[])[0, 0, 0, 0] : [], .. BitConverter.GetBytes(value).AsSpan(0, type == 'x' ? 8 : 4)]);

    public byte[] Fail(string name, string text) => Message(
        3, [4, 1, (byte)'s', 0, .. Text(name)], "s", Text(text));

    /// <summary>A signal, such as the bus sends unasked.</summary>
    public static byte[] Signal() => new BusCall(0, [], []).Message(4, [], "", []);

    private byte[] Message(byte type, byte[] extraField, string signature, byte[] body)
    {
        List<byte> fields = [5, 1, (byte)'u', 0, .. BitConverter.GetBytes(Serial)];
        if (extraField.Length > 0)
        {
            Pad(fields);
            fields.AddRange(extraField);
        }

        if (signature.Length > 0)
        {
            Pad(fields);
            fields.AddRange([8, 1, (byte)'g', 0, (byte)signature.Length, .. Encoding.ASCII.GetBytes(signature), 0]);
        }

        List<byte> message =
        [
            (byte)'l', type, 0, 1, .. BitConverter.GetBytes(body.Length), .. BitConverter.GetBytes(77), .. BitConverter.GetBytes(fields.Count), .. fields,
        ];
        Pad(message);
        message.AddRange(body);
        return [.. message];
    }

    private static byte[] Text(string text) => [.. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text), 0];

    private static void Pad(List<byte> bytes)
    {
        while (bytes.Count % 8 != 0)
        {
            bytes.Add(0);
        }
    }
}
