// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;

namespace AudioMesh.Control;

internal static class ErrorWriter
{
    /// <summary>Writes a whole error reply to what cannot be understood.</summary>
    public static void WriteReply(IBufferWriter<byte> output, AudioMeshException error)
    {
        using Utf8JsonWriter writer = new(output);
        WriteReply(writer, error, null);
    }

    /// <summary>Writes a whole error reply, with the request's tag where there is one.</summary>
    public static void WriteReply(Utf8JsonWriter writer, AudioMeshException error, RequestReader? request)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", false);
        WriteError(writer, error);
        if (request is { } known)
        {
            WriteTag(writer, known);
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    /// <summary>Writes the field <c>error</c>.</summary>
    public static void WriteError(Utf8JsonWriter writer, AudioMeshException error)
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Kind.ToCode());
        writer.WriteString("message", error.Message);
        if (error.Field is { } field)
        {
            writer.WriteString("field", field);
        }

        if (error.Allowed is { } allowed)
        {
            writer.WriteString("allowed", allowed);
        }

        writer.WriteEndObject();
    }

    /// <summary>Echoes the request's <c>tag</c>, a text or number of the client's own, and its <c>id</c> where the reply has none of its own.</summary>
    public static void WriteTag(Utf8JsonWriter writer, RequestReader request)
    {
        Echo(writer, request, "tag");
        if (request.TryGetRaw("cmd", out RequestElement command) && !command.IsTextOf("create_node"))
        {
            Echo(writer, request, "id");
        }
    }

    private static void Echo(Utf8JsonWriter writer, RequestReader request, string field)
    {
        if (request.TryGetRaw(field, out RequestElement value))
        {
            value.WriteAs(writer, field);
        }
    }
}
