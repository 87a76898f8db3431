// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text.Json;

namespace AudioMesh.Network.Wire;

/// <summary>A JSON object for one member of the session, or for all. It says for whom, so that nobody can have another obey it.</summary>
public static class ControlBody
{
    /// <summary>The receiver that means everybody.</summary>
    public const ulong Everybody = 0;

    /// <summary>How deep objects and arrays may lie in one another.</summary>
    public const int MostDepth = 16;

    /// <summary>Bytes before the JSON.</summary>
    public const int HeaderBytes = 8;

    /// <summary>Writes it and returns its bytes. Throws Protocol where <paramref name="json"/> is no JSON object, LimitExceeded where it does not fit.</summary>
    public static int Write(Span<byte> body, ulong receiver, ReadOnlySpan<byte> json)
    {
        if (!IsObject(json))
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"A control message is one JSON object of at most {MostDepth} levels.");
        }

        if (json.Length > body.Length - HeaderBytes)
        {
            throw new AudioMeshException(
                AudioErrorKind.LimitExceeded, $"A control message of {json.Length} bytes does not fit a packet, {body.Length - HeaderBytes} do.");
        }

        BinaryPrimitives.WriteUInt64BigEndian(body, receiver);
        json.CopyTo(body[HeaderBytes..]);
        return HeaderBytes + json.Length;
    }

    /// <summary>Reads a whole body; <paramref name="json"/> is one valid object in UTF-8.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ulong receiver, out ReadOnlySpan<byte> json)
    {
        bool isSound = body.Length > HeaderBytes && IsObject(body[HeaderBytes..]);
        receiver = isSound ? BinaryPrimitives.ReadUInt64BigEndian(body) : 0;
        json = isSound ? body[HeaderBytes..] : default;
        return isSound;
    }

    private static bool IsObject(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MostDepth });
        try
        {
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (isObject && reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }

            return isObject && System.Text.Unicode.Utf8.IsValid(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
