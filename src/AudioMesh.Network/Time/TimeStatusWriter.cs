// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;

namespace AudioMesh.Network.Time;

/// <summary>A <see cref="TimeStatus"/> as JSON: ids as 16 hexadecimal digits, times in the unit that their field names end with.</summary>
public static class TimeStatusWriter
{
    /// <summary>Writes it as one object.</summary>
    public static void Write(Utf8JsonWriter writer, TimeStatus status)
    {
        writer.WriteStartObject();
        writer.WriteString("host", Id(status.HostId));
        writer.WriteString("state", Word(status.State));
        writer.WriteString("mesh", Id(status.MeshId));
        writer.WriteNumber("mesh_time_ns", status.MeshTimeNs);
        writer.WriteNumber("offset_ns", status.OffsetNs);
        writer.WriteNumber("rate_ppm", Math.Round(status.RatePpm, 4));
        writer.WriteNumber("bound_us", Us(status.BoundNs));
        writer.WriteNumber("steps", status.Steps);
        writer.WriteString("reference", Id(status.ReferenceId));
        writer.WriteString("reason", Word(status.Reason));
        writer.WriteNumber("hops", status.Hops);
        writer.WriteString("parent", Id(status.ParentId));
        writer.WriteNumber("unsolicited", status.Unsolicited);
        writer.WriteStartArray("peers");
        foreach (PeerTimeStatus peer in status.Peers)
        {
            Write(writer, peer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PeerTimeStatus peer)
    {
        writer.WriteStartObject();
        writer.WriteString("peer", Id(peer.PeerId));
        writer.WriteBoolean("alive", peer.IsAlive);
        writer.WriteBoolean("measured", peer.IsMeasured);
        writer.WriteBoolean("parent", peer.IsParent);
        writer.WriteNumber("offset_ns", peer.OffsetNs);
        writer.WriteNumber("rate_ppm", Math.Round(peer.RatePpm, 4));
        writer.WriteNumber("bound_us", Us(peer.BoundNs));
        writer.WriteNumber("mesh_offset_us", Us(peer.MeshOffsetNs));
        writer.WriteString("mesh", Id(peer.MeshId));
        writer.WriteString("reference", Id(peer.ReferenceId));
        writer.WriteNumber("hops", peer.Hops);
        writer.WriteNumber("priority", peer.Priority);
        writer.WriteNumber("age_s", Math.Round(peer.AgeSeconds, 1));
        writer.WriteNumber("heard_ago_ms", Math.Round(peer.HeardAgoMs, 1));
        Write(writer, peer.Path);
        writer.WriteNumber("requests", peer.Requests);
        writer.WriteNumber("answers", peer.Answers);
        writer.WriteNumber("duplicates", peer.Duplicates);
        writer.WriteNumber("unsolicited", peer.Unsolicited);
        writer.WriteNumber("rejected", peer.Rejected);
        writer.WriteNumber("jumps", peer.Jumps);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PathFacts path)
    {
        writer.WriteStartObject("path");
        writer.WriteNumber("rtt_min_us", Us(path.RoundTripMinNs));
        writer.WriteNumber("rtt_p50_us", Us(path.RoundTripMedianNs));
        writer.WriteNumber("rtt_p99_us", Us(path.RoundTripP99Ns));
        writer.WriteNumber("jitter_us", Us(path.JitterNs));
        writer.WriteNumber("queue_there_us", Us(path.QueueThereNs));
        writer.WriteNumber("queue_back_us", Us(path.QueueBackNs));
        writer.WriteNumber("asymmetry_at_most_us", Us(path.AsymmetryBoundNs));
        writer.WriteBoolean("congested", path.IsCongested);
        writer.WriteBoolean("asymmetric", path.IsAsymmetric);
        writer.WriteEndObject();
    }

    private static string Id(ulong id) => id.ToString("x16", CultureInfo.InvariantCulture);

    private static double Us(double ns) => Math.Round(ns * 1e-3, 3);

    private static string Word(TimebaseState state) => state switch
    {
        TimebaseState.Local => "local",
        TimebaseState.Acquiring => "acquiring",
        TimebaseState.Locked => "locked",
        _ => "holdover",
    };

    private static string Word(ReferenceReason reason) => reason switch
    {
        ReferenceReason.Alone => "alone",
        ReferenceReason.Configured => "configured",
        ReferenceReason.LongestLived => "longest_lived",
        ReferenceReason.SystemClock => "system_clock",
        _ => "last_known",
    };
}
