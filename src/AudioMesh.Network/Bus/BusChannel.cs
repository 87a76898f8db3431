// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Bus;

/// <summary>
/// What goes to one other member: messages in their order, cut into segments, sent again until acknowledged. What is too much is given up all at once, with a new epoch; tables are
/// mended afterwards. Under the gate.
/// </summary>
internal sealed class BusChannel(ulong peerId, int segmentBytes)
{
    private const int MostWaiting = 32_768;
    private const long MostWaitingBytes = 16 << 20;
    private const int MissedBy = 3;

    private readonly Queue<(byte[] Frame, BusTable? Table)> _waiting = new();
    private readonly List<BusSegment> _sent = [];
    private readonly Dictionary<BusTable, long> _pending = [];
    private readonly BusPath _path = new(BusBody.Window);
    private long _waitingBytes;
    private int _cut;
    private uint _next;

    public ulong PeerId => peerId;

    public string Name { get; set; } = "";

    public bool IsPresent { get; set; }

    public BusPeer? Peer { get; set; }

    public MeshTime SummaryAt { get; set; }

    /// <summary>How often a difference was taken for one that is on its way.</summary>
    public int Doubts { get; set; }

    public uint Epoch { get; private set; }

    public BusInbound Inbound { get; } = new();

    public long Resent { get; private set; }

    public long Pending => _waiting.Count + _sent.Count;

    public long PendingOf(BusTable table) => _pending.GetValueOrDefault(table);

    /// <summary>Begins anew; what was waiting is given up, and counted in the answer.</summary>
    public long Begin(uint epoch)
    {
        long lost = _waiting.Count;
        _waiting.Clear();
        _sent.Clear();
        _pending.Clear();
        (_waitingBytes, _cut, _next, Epoch) = (0, 0, 0, epoch);
        return lost;
    }

    /// <summary>False where there is no room any more.</summary>
    public bool Add(byte[] frame, BusTable? table = null)
    {
        if (_waiting.Count >= MostWaiting || _waitingBytes > MostWaitingBytes)
        {
            return false;
        }

        _waiting.Enqueue((frame, table));
        _waitingBytes += frame.Length;
        if (table is not null)
        {
            _pending[table] = PendingOf(table) + 1;
        }

        return true;
    }

    /// <summary>Sends what is due, and answers when more will be.</summary>
    public MeshTime Tick(MeshTime now, Func<ulong, MessageType, ReadOnlySpan<byte>, bool> send)
    {
        if (!IsPresent)
        {
            return MeshTime.Unknown;
        }

        SendAgain(now, send);
        while (_waiting.Count > 0 && _sent.Count(segment => !segment.HasCome) < _path.Segments && _next - Oldest < BusBody.Window)
        {
            BusSegment segment = Fill();
            _sent.Add(segment);
            Send(segment, now, send);
        }

        MeshTime due = MeshTime.Unknown;
        foreach (BusSegment segment in _sent)
        {
            MeshTime at = segment.SentAt.Add(_path.TimeoutNs(segment.Sendings));
            due = !segment.HasCome && (!due.IsKnown || at < due) ? at : due;
        }

        return due;
    }

    /// <summary>Takes what the other says has come. False: this epoch cannot go on.</summary>
    public bool Take(in BusAckBody ack, MeshTime now)
    {
        if (ack.Epoch != Epoch)
        {
            return true;
        }

        if (ack.IsBroken)
        {
            return false;
        }

        uint newest = 0;
        foreach (BusSegment segment in _sent)
        {
            if (!segment.HasCome && HasCome(ack, segment.Sequence))
            {
                segment.HasCome = true;
                _path.Acknowledged(segment, now);
                segment.Tables.ForEach(Settle);
            }

            newest = segment.HasCome ? segment.Sequence : newest;
        }

        while (_sent.Count > 0 && _sent[0].HasCome)
        {
            _sent.RemoveAt(0);
        }

        foreach (BusSegment segment in _sent)
        {
            segment.IsMissed |= !segment.HasCome && segment.Sendings == 1 && newest >= segment.Sequence + MissedBy;
        }

        return true;
    }

    private uint Oldest => _sent.Count > 0 ? _sent[0].Sequence : _next;

    private static bool HasCome(in BusAckBody ack, uint sequence) =>
        sequence < ack.Next || (sequence > ack.Next && sequence - ack.Next <= BusBody.Window && ((ack.Beyond >> (int)(sequence - ack.Next - 1)) & 1) != 0);

    private void SendAgain(MeshTime now, Func<ulong, MessageType, ReadOnlySpan<byte>, bool> send)
    {
        bool timedOut = false;
        foreach (BusSegment segment in _sent)
        {
            // A clock that was set back would have it wait for ever.
            bool isDue = now >= segment.SentAt.Add(_path.TimeoutNs(segment.Sendings)) || now < segment.SentAt;
            if (!segment.HasCome && (isDue || segment.IsMissed))
            {
                timedOut |= !segment.IsMissed;
                segment.IsMissed = false;
                Resent++;
                Send(segment, now, send);
            }
        }

        if (timedOut)
        {
            _path.TimedOut();
        }
    }

    private void Send(BusSegment segment, MeshTime now, Func<ulong, MessageType, ReadOnlySpan<byte>, bool> send)
    {
        new BusBody(peerId, Epoch, segment.Sequence, Oldest).Write(segment.Body);
        (segment.SentAt, segment.Sendings) = (now, segment.Sendings + 1);
        send(peerId, MessageType.Bus, segment.Body);
    }

    private BusSegment Fill()
    {
        byte[] body = new byte[segmentBytes];
        int at = BusBody.HeaderBytes;
        List<BusTable> tables = [];
        while (_waiting.Count > 0 && segmentBytes - at > BusBody.PieceHeaderBytes)
        {
            (byte[] frame, BusTable? table) = _waiting.Peek();
            int length = Math.Min(frame.Length - _cut, segmentBytes - at - BusBody.PieceHeaderBytes);
            bool isLast = _cut + length == frame.Length;
            at += BusBody.WritePiece(body.AsSpan(at), frame.AsSpan(_cut, length), _cut == 0, isLast);
            _cut += length;
            if (isLast)
            {
                _waiting.Dequeue();
                _waitingBytes -= frame.Length;
                _cut = 0;
                if (table is not null)
                {
                    tables.Add(table);
                }
            }
        }

        BusSegment segment = new(_next++, body, at);
        segment.Tables.AddRange(tables);
        return segment;
    }

    private void Settle(BusTable table)
    {
        if (--_pending[table] == 0)
        {
            _pending.Remove(table);
        }
    }
}
