// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using AudioMesh.Realtime;
using static AudioMesh.Interop.jack_position_bits_t;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// A client as the server's timebase master: it writes bar, beat and tick into the position of the next cycle. Nobody is told when another client takes over, so it is offered again and
/// again, which a server that has another master refuses.
/// </summary>
internal sealed unsafe class JackBeats(LibJack jack)
{
    private const double TicksPerBeat = 1920;

    /// <summary>A tick that a frame misses by less begins at that frame.</summary>
    private const double TickSlack = 1e-4;

    private readonly Lock _gate = new();
    private Wish? _wish;
    private IBeatSource? _source;
    private volatile bool _isMaster;

    /// <summary>Whether this client is the master, as of the last offer. Any thread.</summary>
    public bool IsMaster => _isMaster;

    /// <summary>Any thread but the device's.</summary>
    public void Share(IBeatSource source, BeatSharing sharing)
    {
        lock (_gate)
        {
            // What is offered before the place was taken does not undo that it is to be taken.
            bool takes = sharing == BeatSharing.Take || (sharing == BeatSharing.Offer && _wish is { Sharing: BeatSharing.Take });
            _wish = new Wish(source, takes ? BeatSharing.Take : sharing);
        }
    }

    /// <summary>Does what was wished, and where nothing was, offers again at <paramref name="isTurn"/>. On the thread for calls.</summary>
    public void Tend(jack_client_t* client, void* session, bool isTurn)
    {
        Wish? wish = TakeWish();
        if (wish is { Sharing: BeatSharing.Off })
        {
            Release(client);
        }
        else if (wish is not null || (isTurn && _source is not null))
        {
            Volatile.Write(ref _source, wish?.Source ?? _source);
            int isConditional = wish?.Sharing == BeatSharing.Take ? 0 : 1;
            _isMaster = jack.jack_set_timebase_callback(client, isConditional, JackCallbackShield.Of(JackTransportCallbacks.Timebase), session) == 0;
        }
    }

    /// <summary>Somebody else may have the place. On the thread for calls.</summary>
    public void Release(jack_client_t* client)
    {
        Volatile.Write(ref _source, null);
        if (_isMaster)
        {
            _ = jack.jack_release_timebase(client);
            _isMaster = false;
        }
    }

    /// <summary>Fills in where the transport is in the next cycle. Device thread.</summary>
    [RealtimeSafe]
    public void Fill(jack_position_t* position, int rate)
    {
        if (Volatile.Read(ref _source) is not { } source)
        {
            return;
        }

        BeatPosition beat = source.BeatAt(position->frame);
        double ticks = beat.Passed * TicksPerBeat;
        double tick = Math.Min(Math.Floor(ticks + TickSlack), TicksPerBeat - 1);
        double framesPerTick = rate * 60 / (beat.BeatsPerMinute * TicksPerBeat);
        position->bar = beat.Bar + 1;
        position->beat = beat.Beat + 1;
        position->tick = (int)tick;
        position->bar_start_tick = beat.BarStartBeats * TicksPerBeat;
        position->beats_per_bar = beat.BeatsPerBar;
        position->beat_type = beat.BeatUnit;
        position->ticks_per_beat = TicksPerBeat;
        position->beats_per_minute = beat.BeatsPerMinute;
        position->bbt_offset = (uint)Math.Round(Math.Max(0, ticks - tick) * framesPerTick);
        position->valid |= JackPositionBBT | JackBBTFrameOffset;
    }

    private Wish? TakeWish()
    {
        lock (_gate)
        {
            Wish? wish = _wish;
            _wish = null;
            return wish;
        }
    }

    private sealed record Wish(IBeatSource Source, BeatSharing Sharing);
}
