// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Control;
using AudioMesh.Graph;

namespace AudioMesh.Network.Parameters;

/// <summary>Makes parameters set an argument of a graph's node, by the control request <c>set</c> (docs/control-protocol.md).</summary>
public static class NodeSetter
{
    /// <summary>A setter for <see cref="SharedParameters.Bind"/>. <paramref name="session"/> is used by it alone; what it answers to a request as an error is thrown.</summary>
    public static ParameterSetter For(ControlSession session, int node, string argument, ParameterKind kind) => (value, at, rampMs) =>
    {
        byte[] request = Request(node, argument, kind, value, at, rampMs);
        ArrayBufferWriter<byte> reply = new(256);
        session.Handle(request, reply);
        using JsonDocument answer = JsonDocument.Parse(reply.WrittenMemory);
        if (answer.RootElement.TryGetProperty("error", out JsonElement error))
        {
            throw new AudioMeshException(
                AudioErrorKindExtensions.FromCode(error.GetProperty("code").GetString()), error.GetProperty("message").GetString() ?? "");
        }
    };

    /// <summary>The request itself, for an engine behind another door.</summary>
    public static byte[] Request(int node, string argument, ParameterKind kind, ParameterValue value, MeshTime at, int rampMs) => ParameterJson.Write(writer =>
    {
        writer.WriteString("cmd", "set");
        writer.WriteNumber("id", node);
        writer.WriteStartObject("args");
        ParameterJson.WriteValue(writer, argument, kind, value);
        writer.WriteEndObject();
        if (at.IsKnown)
        {
            writer.WriteNumber("at", at.Nanoseconds);
        }

        if (rampMs > 0)
        {
            writer.WriteNumber("ramp_ms", rampMs);
        }
    });
}
