// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Engine;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>
/// Mixes what clients send, for each of them as it wishes: gain, pan, mute and solo of every other, and of itself after unmuting itself. Changes, coming and
/// going are ramps of 5 ms. It has no sockets: whoever owns it writes what clients send, calls <see cref="Mix"/>, and reads what they are to hear.
/// </summary>
/// <remarks>Joining, leaving and levels are for any thread; <see cref="Send"/>, <see cref="Mix"/> and <see cref="Receive"/> for the one that mixes, which never waits for the others.</remarks>
public sealed class HubMixer
{
    private readonly Lock _gate = new();
    private readonly HubOptions _options;
    private readonly IMatrixMixer _mixer;
    private readonly HubRoster _roster;
    private readonly HubPlans _plans;
    private readonly HubGainRamp _gains;
    private readonly float[] _sources;
    private readonly float[] _mixes;
    private long _periods;

    /// <summary>A hub without clients. Throws InvalidArgument when a limit is out of range.</summary>
    public HubMixer(HubOptions? options = null)
    {
        _options = options ?? new HubOptions();
        _options.Validate();
        _mixer = _options.Mixer ?? new CpuMatrixMixer();
        _roster = new HubRoster(_options);
        int capacity = _options.MaxSendChannels * _options.MaxReceiveChannels;
        _plans = new HubPlans(capacity);
        _gains = new HubGainRamp(capacity, _options.PeriodFrames);
        _sources = GC.AllocateArray<float>(_options.MaxSendChannels * _options.PeriodFrames, pinned: true);
        _mixes = GC.AllocateArray<float>(_options.MaxReceiveChannels * _options.PeriodFrames, pinned: true);
    }

    /// <summary>Frames of a period.</summary>
    public int PeriodFrames => _options.PeriodFrames;

    /// <summary>Periods mixed. Any thread.</summary>
    public long Periods => Volatile.Read(ref _periods);

    /// <summary>What <see cref="Mix"/> took, each time. Any thread.</summary>
    public LatencyHistogram Cost { get; } = new();

    /// <summary>Seats a client, who is heard by everybody and hears everybody but itself, fading in.</summary>
    /// <param name="name">At most 128 characters, none of them control characters.</param>
    /// <param name="sendChannels">Channels it sends, 0 to 64.</param>
    /// <param name="receiveChannels">Channels of its mix, 0 to 64.</param>
    /// <exception cref="AudioMeshException">LimitExceeded: the hub is full; InvalidArgument.</exception>
    public HubSeat Join(string name, int sendChannels, int receiveChannels)
    {
        lock (_gate)
        {
            HubSeat seat = _roster.Add(name, sendChannels, receiveChannels, _gains.Settled);
            Publish();
            return seat;
        }
    }

    /// <summary>Fades a client out. Its seat is free for others when that is heard; until then it may send on. Throws NotFound.</summary>
    public void Leave(int id)
    {
        lock (_gate)
        {
            _roster.Remove(id);
            Publish();
        }
    }

    /// <summary>How <paramref name="listener"/> hears <paramref name="source"/>. Throws NotFound.</summary>
    public HubLevel GetLevel(int listener, int source)
    {
        lock (_gate)
        {
            return _roster.LevelOf(listener, source);
        }
    }

    /// <summary>Changes how <paramref name="listener"/> hears <paramref name="source"/>. Throws NotFound, InvalidArgument.</summary>
    public void SetLevel(int listener, int source, HubLevel level)
    {
        level.Validate();
        lock (_gate)
        {
            _roster.SetLevel(listener, source, level);
            Publish();
        }
    }

    /// <summary>Everybody whom <paramref name="listener"/> can hear, itself included, in order of coming. Throws NotFound.</summary>
    public IReadOnlyList<HubSource> GetSources(int listener)
    {
        lock (_gate)
        {
            return _roster.SourcesOf(listener);
        }
    }

    /// <summary>Where to write one channel that a client sends, a period long; silence where nobody wrote since the last <see cref="Mix"/>.</summary>
    [RealtimeSafe]
    public Span<float> Send(in HubSeat seat, int channel) =>
        _sources.AsSpan((seat.FirstSend + channel) * _options.PeriodFrames, _options.PeriodFrames);

    /// <summary>What a client is to hear in one channel, a period long, as of the last <see cref="Mix"/>.</summary>
    [RealtimeSafe]
    public ReadOnlySpan<float> Receive(in HubSeat seat, int channel) =>
        _mixes.AsSpan((seat.FirstReceive + channel) * _options.PeriodFrames, _options.PeriodFrames);

    /// <summary>Mixes one period for everybody.</summary>
    [RealtimeSafe]
    public void Mix()
    {
        MeshTime begin = MeshClock.Now;
        HubPlan plan = _plans.Take(out bool isNew);
        if (isNew)
        {
            _gains.Begin(plan);
        }

        int frames = _options.PeriodFrames;
        _gains.Advance(out ReadOnlySpan<float> from, out ReadOnlySpan<float> to);
        Span<float> sources = _sources.AsSpan(0, _gains.Sources * frames);
        _mixer.Mix(sources, from, to, _mixes.AsSpan(0, _gains.Mixes * frames), frames);
        _sources.AsSpan().Clear();
        Cost.Add(MeshClock.Now - begin);
        Volatile.Write(ref _periods, _periods + 1);
    }

    /// <summary>Whether one that left is heard no longer, so that its place may be others'.</summary>
    internal bool HasFaded(int id)
    {
        lock (_gate)
        {
            return _roster.HasFaded(id, _gains.Settled);
        }
    }

    /// <summary>All that is sent to it, and all mixes: a plane of a period for each channel, which do not move.</summary>
    internal (Memory<float> Sources, Memory<float> Mixes) Planes => (_sources, _mixes);

    private void Publish()
    {
        _roster.Write(_plans.Back);
        _plans.Publish();
    }
}
