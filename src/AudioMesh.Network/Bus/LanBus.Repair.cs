// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <content>
/// Anti-entropy (Demers et al., Epidemic Algorithms for Replicated Database Maintenance, PODC 1987): hosts tell each other digests of their tables, and what differs.
/// </content>
public sealed partial class LanBus
{
    private const long SummaryNs = 2_000_000_000;
    private const int MostBehind = 512;
    private const int MostDoubts = 3;
    private const int MostRepairBytes = 512 * 1024;

    private long _repairs;

    private void SendSummaries(BusChannel channel, MeshTime hostNow)
    {
        // Not all hosts at the same moment.
        channel.SummaryAt = hostNow.Add(SummaryNs + (long)((Session.Id ^ channel.PeerId) % 16) * (SummaryNs / 32));
        if (channel.Pending > MostBehind)
        {
            return;
        }

        foreach (BusTable table in _tables.Values)
        {
            Send(channel, FrameWriter.Summary(table));
        }
    }

    private bool TakeEntry(ref FrameReader reader)
    {
        string name = reader.Table();
        BusEntry? entry = reader.Entry();
        if (entry is null || TableOf(name) is not { } table)
        {
            return false;
        }

        table.Take(entry);
        return true;
    }

    // What is on its way to the other makes a difference too, but none to mend.
    private bool TakeSummary(BusChannel channel, ref FrameReader reader)
    {
        string name = reader.Table();
        ulong digest = (ulong)reader.Int64();
        if (!reader.IsWhole || TableOf(name) is not { } table)
        {
            return false;
        }

        if (digest == table.Store.Digest)
        {
            channel.Doubts = 0;
        }
        else if (channel.PendingOf(table) > 0 && channel.Doubts < MostDoubts)
        {
            channel.Doubts++;
        }
        else if (channel.Pending <= MostBehind)
        {
            channel.Doubts = 0;
            Send(channel, FrameWriter.Digests(table));
        }

        return true;
    }

    private bool TakeDigests(BusChannel channel, ref FrameReader reader)
    {
        string name = reader.Table();
        ReadOnlySpan<byte> digests = reader.Bytes(TableStore.Buckets * sizeof(ulong));
        if (!reader.IsWhole || TableOf(name) is not { } table)
        {
            return false;
        }

        byte[] differing = new byte[TableStore.Buckets / 8];
        for (int bucket = 0; bucket < TableStore.Buckets; bucket++)
        {
            if (BinaryPrimitives.ReadUInt64BigEndian(digests[(bucket * sizeof(ulong))..]) != table.Store.Digests[bucket])
            {
                differing[bucket / 8] |= (byte)(1 << (bucket % 8));
            }
        }

        SendBuckets(channel, table, differing);
        Send(channel, FrameWriter.Want(table, differing));
        return true;
    }

    private bool TakeWant(BusChannel channel, ref FrameReader reader)
    {
        string name = reader.Table();
        ReadOnlySpan<byte> wanted = reader.Bytes(TableStore.Buckets / 8);
        if (!reader.IsWhole || TableOf(name) is not { } table)
        {
            return false;
        }

        SendBuckets(channel, table, wanted);
        return true;
    }

    // Not all of a large table at once: the next summaries bring the rest.
    private void SendBuckets(BusChannel channel, BusTable table, ReadOnlySpan<byte> wanted)
    {
        int bytes = 0;
        BusEntry[] entries = [.. table.Store.All];
        int first = entries.Length == 0 ? 0 : (int)(_repairs++ * 7919L % entries.Length);
        foreach (BusEntry entry in entries[first..].Concat(entries[..first]))
        {
            int bucket = TableStore.BucketOf(entry.Key);
            if ((wanted[bucket / 8] >> (bucket % 8) & 1) != 0 && bytes < MostRepairBytes)
            {
                byte[] frame = FrameWriter.Entry(table.Name, entry);
                bytes += frame.Length;
                Send(channel, frame, table);
            }
        }
    }
}
