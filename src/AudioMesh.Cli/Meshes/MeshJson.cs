// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;

namespace AudioMesh.Cli.Meshes;

/// <summary>The same as JSON: members, and time as <see cref="TimeStatusWriter"/> writes it.</summary>
internal static class MeshJson
{
    public static void Write(MeshLook look) => JsonLine.Write(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteString("name", look.Name);
        json.WriteString("address", look.Address);
        json.WriteStartArray("members");
        foreach (PeerStatus peer in look.Peers)
        {
            json.WriteStartObject();
            json.WriteString("peer", peer.Id.ToString("x16"));
            json.WriteString("name", peer.Name);
            json.WriteString("address", peer.Address.ToString());
            json.WriteBoolean("proven", peer.IsProven);
            json.WriteBoolean("lost", peer.IsLost);
            json.WriteStartArray("streams");
            foreach (Network.Wire.StreamOffer offer in peer.Offers)
            {
                json.WriteStringValue(offer.Name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("time");
        TimeStatusWriter.Write(json, look.Time);
        json.WriteStartObject("dropped");
        foreach ((Network.Wire.DropCause cause, long count) in look.Drops)
        {
            json.WriteNumber(Snake(cause.ToString()), count);
        }

        json.WriteEndObject();
    });

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
