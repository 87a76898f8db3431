// SPDX-License-Identifier: MIT
using AudioMesh.Network.Jdat;

namespace AudioMesh.Network.Hub;

/// <summary>Who is in a hub and how they hear one another. The control side's, under its lock.</summary>
internal sealed class HubRoster(HubOptions options)
{
    private const int MostChannels = 64;

    private readonly List<HubMember> _clients = [];
    private readonly List<HubMember> _leaving = [];
    private readonly ChannelRanges _rows = new(options.MaxClients);
    private readonly ChannelRanges _sends = new(options.MaxSendChannels);
    private readonly ChannelRanges _receives = new(options.MaxReceiveChannels);
    private readonly HubLevel[] _levels = new HubLevel[options.MaxClients * options.MaxClients];
    private int _lastId;
    private long _change;

    /// <summary>Seats a client; those who left by a change up to <paramref name="settled"/> give their places first.</summary>
    public HubSeat Add(string name, int sendChannels, int receiveChannels, long settled)
    {
        Check(name.Length <= JdatFormat.MaxSessionIdLength && !name.Any(char.IsControl), "name", "at most 128 characters, none of them control characters");
        Check(sendChannels is >= 0 and <= MostChannels, "send_channels", "0..64");
        Check(receiveChannels is >= 0 and <= MostChannels, "receive_channels", "0..64");
        ReturnSeats(settled);
        int row = Take(_rows, 1, "clients", options.MaxClients);
        int send = -1;
        int receive = -1;
        try
        {
            send = Take(_sends, sendChannels, "channels that are sent", options.MaxSendChannels);
            receive = Take(_receives, receiveChannels, "channels that are received", options.MaxReceiveChannels);
        }
        finally
        {
            if (receive < 0)
            {
                _rows.Return(row, 1);
                _sends.Return(Math.Max(send, 0), send < 0 ? 0 : sendChannels);
            }
        }

        HubSeat seat = new(++_lastId, send, sendChannels, receive, receiveChannels);
        for (int other = 0; other < options.MaxClients; other++)
        {
            Level(row, other) = new HubLevel(IsMuted: other == row);
            Level(other, row) = new HubLevel(IsMuted: other == row);
        }

        _clients.Add(new HubMember(seat, row, name));
        return seat;
    }

    public void Remove(int id)
    {
        HubMember client = Find(id);
        client.LeftAt = _change + 1;
        _clients.Remove(client);
        _leaving.Add(client);
    }

    public bool HasFaded(int id, long settled) => !_clients.Exists(client => client.Seat.Id == id) && !_leaving.Exists(client => client.Seat.Id == id && client.LeftAt > settled);

    public HubLevel LevelOf(int listener, int source) => Level(Find(listener).Row, Find(source).Row);

    public void SetLevel(int listener, int source, in HubLevel level) => Level(Find(listener).Row, Find(source).Row) = level;

    public HubSource[] SourcesOf(int listener)
    {
        HubMember asking = Find(listener);
        return [.. _clients.Where(client => client.Seat.SendChannels > 0).Select(client => new HubSource(
            client.Seat.Id, client.Name, client.Seat.SendChannels, client == asking, Level(asking.Row, client.Row)))];
    }

    /// <summary>Writes down all gains as they are to be; those of who left are zero.</summary>
    public void Write(HubPlan plan)
    {
        plan.Change = ++_change;
        (plan.Sources, plan.Mixes) = (_sends.Extent, _receives.Extent);
        plan.Gains.AsSpan(0, plan.Length).Clear();
        foreach (HubMember listener in _clients)
        {
            bool hasSolo = false;
            foreach (HubMember source in _clients)
            {
                hasSolo |= source.Seat.SendChannels > 0 && Level(listener.Row, source.Row).IsSoloed;
            }

            foreach (HubMember source in _clients)
            {
                HubLevel level = Level(listener.Row, source.Row);
                if (!hasSolo || level.IsSoloed)
                {
                    Write(plan, listener.Seat, source.Seat, level);
                }
            }
        }
    }

    private static void Write(HubPlan plan, in HubSeat listener, in HubSeat source, in HubLevel level)
    {
        for (int to = 0; to < listener.ReceiveChannels; to++)
        {
            Span<float> row = plan.Gains.AsSpan(((listener.FirstReceive + to) * plan.Sources) + source.FirstSend, source.SendChannels);
            for (int from = 0; from < row.Length; from++)
            {
                row[from] = Crosspoint.Of(level, from, source.SendChannels, to, listener.ReceiveChannels);
            }
        }
    }

    private static int Take(ChannelRanges ranges, int count, string what, int limit)
    {
        int first = ranges.Take(count);
        return first >= 0 ? first : throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"The hub is full: no room for {count} more of {limit} {what}.") { Allowed = $"{limit}" };
    }

    private static void Check(bool holds, string field, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} is out of range: {allowed}.") { Field = field, Allowed = allowed };
        }
    }

    private void ReturnSeats(long settled)
    {
        foreach (HubMember client in _leaving.Where(client => client.LeftAt <= settled))
        {
            _rows.Return(client.Row, 1);
            _sends.Return(client.Seat.FirstSend, client.Seat.SendChannels);
            _receives.Return(client.Seat.FirstReceive, client.Seat.ReceiveChannels);
        }

        _leaving.RemoveAll(client => client.LeftAt <= settled);
    }

    private HubMember Find(int id) => _clients.Find(client => client.Seat.Id == id)
        ?? throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no client {id}.") { Field = "source" };

    private ref HubLevel Level(int listenerRow, int sourceRow) => ref _levels[(listenerRow * options.MaxClients) + sourceRow];
}
