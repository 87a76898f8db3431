// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Realtime;

/// <summary>Messages as bytes ("Message Protocol" of the D-Bus specification): method calls out, answers in.</summary>
internal static class DBusMessage
{
    /// <summary>Endianness, type, flags, version, body length, serial, length of the header fields.</summary>
    public const int FixedHeaderBytes = 16;

    public const byte MethodReturn = 2;
    public const byte Error = 3;

    /// <summary>The specification allows 128 MiB; nothing we ask for is longer than this.</summary>
    private const int MaxBytes = 256 * 1024;

    private const byte LittleEndian = (byte)'l';
    private const byte MethodCall = 1;
    private const byte PathField = 1;
    private const byte InterfaceField = 2;
    private const byte MemberField = 3;
    private const byte ErrorNameField = 4;
    private const byte ReplySerialField = 5;
    private const byte DestinationField = 6;
    private const byte SignatureField = 8;

    public static byte[] EncodeCall(uint serial, string destination, string path, string @interface, string member, string signature, byte[] body)
    {
        DBusWriter fields = new();
        WriteField(fields, PathField, "o", path);
        WriteField(fields, InterfaceField, "s", @interface);
        WriteField(fields, MemberField, "s", member);
        WriteField(fields, DestinationField, "s", destination);
        if (signature.Length > 0)
        {
            fields.Align(8);
            fields.WriteByte(SignatureField);
            fields.WriteSignature("g");
            fields.WriteSignature(signature);
        }

        DBusWriter message = new();
        message.WriteBytes([LittleEndian, MethodCall, 0, 1]);
        message.WriteUInt32((uint)body.Length);
        message.WriteUInt32(serial);
        message.WriteUInt32((uint)fields.Length);
        message.WriteBytes(fields.ToArray());
        message.Align(8);
        message.WriteBytes(body);
        return message.ToArray();
    }

    /// <summary>From the first 16 bytes: how many follow. Throws when that is more than we would ever take.</summary>
    public static int RemainingBytes(ReadOnlySpan<byte> header)
    {
        if (header[0] != LittleEndian || header[3] != 1)
        {
            throw new DBusException("a message has another byte order or version than ours.");
        }

        long body = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        long fields = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        long remaining = PaddedTo8(fields) + body;
        return remaining <= MaxBytes ? (int)remaining : throw new DBusException($"a message of {remaining} bytes is too long.");
    }

    /// <summary>The answer in a whole message, and the serial of the call it answers; 0 when it is no answer.</summary>
    public static uint DecodeReply(byte[] message, out DBusReply reply)
    {
        int fieldBytes = (int)BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(12));
        DBusReader reader = new(message.AsSpan(0, FixedHeaderBytes + fieldBytes));
        reader.Skip(FixedHeaderBytes);
        string? errorName = null;
        string signature = "";
        uint replySerial = 0;
        while (reader.Position < FixedHeaderBytes + fieldBytes)
        {
            reader.Align(8);
            byte field = reader.ReadByte();
            string type = reader.ReadSignature();
            switch (type)
            {
                case "u":
                    uint number = reader.ReadUInt32();
                    replySerial = field == ReplySerialField ? number : replySerial;
                    break;
                case "s" or "o":
                    string text = reader.ReadString();
                    errorName = field == ErrorNameField ? text : errorName;
                    break;
                case "g":
                    string types = reader.ReadSignature();
                    signature = field == SignatureField ? types : signature;
                    break;
                default:
                    throw new DBusException($"header field {field} has the unknown type '{type}'.");
            }
        }

        bool isError = message[1] == Error;
        reply = new DBusReply(isError ? errorName ?? "an error without a name" : null, signature, message[(int)PaddedTo8(FixedHeaderBytes + fieldBytes)..]);
        return isError || message[1] == MethodReturn ? replySerial : 0;
    }

    private static void WriteField(DBusWriter fields, byte field, string type, string value)
    {
        fields.Align(8);
        fields.WriteByte(field);
        fields.WriteSignature(type);
        fields.WriteString(value);
    }

    private static long PaddedTo8(long bytes) => (bytes + 7) & ~7L;
}
