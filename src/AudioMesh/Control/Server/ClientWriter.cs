// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Engine;
using AudioMesh.Graph;

namespace AudioMesh.Control.Server;

internal static class ClientWriter
{
    /// <summary>Writes who is connected, and who asks, as fields of the open object.</summary>
    public static void Write(Utf8JsonWriter writer, ClientAccess access, AudioEngine engine)
    {
        ILookup<int, GraphNode> nodes = engine.GetGraph().Nodes.ToLookup(node => node.Owner?.Client ?? 0);
        writer.WriteNumber("client", access.ClientId);
        writer.WriteStartArray("clients");
        foreach (ControlClient client in access.Clients)
        {
            writer.WriteStartObject();
            writer.WriteNumber("client", client.Id);
            writer.WriteNumber("user", client.Peer.User);
            writer.WriteNumber("group", client.Peer.Group);
            writer.WriteNumber("process", client.Peer.Process);
            writer.WriteString("role", ClientAccess.NameOf(client.Role));
            writer.WriteNumber("nodes", nodes[client.Id].Count());
            writer.WriteNumber("requests", client.Requests);
            writer.WriteNumber("busy", client.Refused);
            writer.WriteNumber("events_dropped", client.EventsDropped());
            writer.WriteNumber("since", client.Since.Nanoseconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
