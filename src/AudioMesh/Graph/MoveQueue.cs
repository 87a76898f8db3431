// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>
/// The settings of one node that wait for their time. Control replaces the list, the device thread marks in it what has begun; neither waits, and what was
/// replaced under the device thread is begun once, because the marks are in the settings themselves.
/// </summary>
internal sealed class MoveQueue(int parameters)
{
    private readonly LiveParameter?[] _moving = new LiveParameter?[parameters];
    private ScheduledMove[] _moves = [];
    private ScheduledMove[] _taken = [];
    private ScheduledMove[]? _finished;
    private int _next;
    private int _movingCount;

    /// <summary>How many wait. Control side.</summary>
    public int Waiting
    {
        get
        {
            int waiting = 0;
            foreach (ScheduledMove move in Volatile.Read(ref _moves))
            {
                waiting += move.HasBegun ? 0 : 1;
            }

            return waiting;
        }
    }

    /// <summary>
    /// Adds settings: by time, of the same time in the order in which they come. What has no time begins here, so that it comes before what is set after it.
    /// Control side.
    /// </summary>
    public void Add(IEnumerable<ScheduledMove> moves)
    {
        List<ScheduledMove> sorted = [.. Array.FindAll(_moves, move => !move.HasBegun)];
        foreach (ScheduledMove move in moves)
        {
            if (!move.At.IsKnown)
            {
                move.Parameter.Begin(move.Move);
                move.HasBegun = true;
            }

            int later = sorted.FindIndex(other => other.At > move.At);
            sorted.Insert(later < 0 ? sorted.Count : later, move);
        }

        Volatile.Write(ref _moves, [.. sorted]);
    }

    /// <summary>Whether the node may be rendered in one piece: nothing waits and nothing is on its way. Device thread.</summary>
    [RealtimeSafe]
    public bool IsIdle => _finished == Volatile.Read(ref _moves);

    /// <summary>
    /// Begins what is due at frame <paramref name="done"/> of the block; returns how many frames may be rendered in one piece from there.
    /// Device thread.
    /// </summary>
    [RealtimeSafe]
    public int Begin(in RenderContext block, int done)
    {
        Take();
        int end = block.Frames;
        for (; _next < _taken.Length; _next++)
        {
            ScheduledMove move = _taken[_next];
            if (move.HasBegun)
            {
                continue;
            }

            long frame = FrameCount.FromNanoseconds(move.At - block.OutputTime, block.Rate).Value;
            if (frame > done)
            {
                end = (int)Math.Min(end, frame);
                break;
            }

            move.HasBegun = true;
            move.Parameter.Begin(move.Move);
            Watch(move.Parameter);
        }

        end = Math.Min(end, NextArrival(done, end));
        if (_next == _taken.Length && _movingCount == 0)
        {
            _finished = _taken;
        }

        return end - done;
    }

    [RealtimeSafe]
    private void Take()
    {
        ScheduledMove[] moves = Volatile.Read(ref _moves);
        if (moves != _taken)
        {
            _taken = moves;
            _next = 0;
            foreach (ScheduledMove move in moves)
            {
                if (move.HasBegun && move.Parameter.FramesLeft > 0)
                {
                    Watch(move.Parameter);
                }
            }
        }
    }

    [RealtimeSafe]
    private void Watch(LiveParameter parameter)
    {
        for (int i = 0; i < _movingCount; i++)
        {
            if (_moving[i] == parameter)
            {
                return;
            }
        }

        _moving[_movingCount++] = parameter;
    }

    // A piece ends where a ramp does, so that ramps are as long as was asked for.
    [RealtimeSafe]
    private int NextArrival(int done, int end)
    {
        for (int i = _movingCount - 1; i >= 0; i--)
        {
            int left = _moving[i]!.FramesLeft;
            if (left > 0)
            {
                end = Math.Min(end, done + left);
            }
            else
            {
                _moving[i] = _moving[--_movingCount];
            }
        }

        return end;
    }
}
