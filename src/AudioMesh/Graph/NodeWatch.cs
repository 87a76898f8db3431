// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>
/// What becomes of a node that takes longer than it may. Once it does, the processor time of the device thread is read before and after it, and when it did
/// so <see cref="Strikes"/> times in a row, and the processor worked for it that long too, it is left out until it is asked back. A machine or runtime that
/// stood still takes no processor time, so that it costs no node its place. Device thread, but for what is said.
/// </summary>
internal sealed class NodeWatch(int channels)
{
    /// <summary>Blocks in a row that take too long before a node is left out.</summary>
    public const int Strikes = 8;

    private readonly Declicker _seam = new(channels);
    private volatile State _state;
    private int _strikes;
    private long _workNs;
    private long _allowedNs;
    private long _workBefore;
    private bool _isAskedBack;
    private bool _jumps;

    private enum State
    {
        Unsuspected,
        Suspected,
        Bypassed,
        Returning,
    }

    /// <summary>Whether the node is left out. Any thread.</summary>
    public bool IsBypassed => _state == State.Bypassed;

    /// <summary>Whether nothing is to be done about it but to watch its time.</summary>
    public bool IsUnsuspected => _state == State.Unsuspected;

    /// <summary>Asks for it back. Any thread.</summary>
    public void AskBack() => Volatile.Write(ref _isAskedBack, true);

    /// <summary>Says that it took longer than it may.</summary>
    [RealtimeSafe]
    public void Suspect()
    {
        (_strikes, _workNs, _allowedNs) = (0, 0, 0);
        _state = State.Suspected;
    }

    /// <summary>Before a suspect's turn; false where its turn is left out.</summary>
    [RealtimeSafe]
    public bool MayRun()
    {
        if (_state == State.Bypassed)
        {
            if (!Volatile.Read(ref _isAskedBack))
            {
                return false;
            }

            _state = State.Returning;
            _jumps = true;
        }

        Volatile.Write(ref _isAskedBack, false);
        _workBefore = _state == State.Suspected ? ThreadWork.Nanoseconds : 0;
        return true;
    }

    /// <summary>After a suspect's turn, which took <paramref name="took"/> of <paramref name="allowed"/>; true where it is left out from the next one on.</summary>
    [RealtimeSafe]
    public bool Judge(long took, long allowed, in BlockView output)
    {
        if (_state == State.Suspected)
        {
            return JudgeSuspect(took, allowed, output);
        }

        Join(output);
        if (_seam.IsAtRest)
        {
            _state = State.Unsuspected;
        }

        return false;
    }

    /// <summary>Joins a block to the one before, where the node has been left out or taken back in between.</summary>
    [RealtimeSafe]
    public void Join(in BlockView output)
    {
        _seam.Process(output, _jumps ? 0 : -1);
        _jumps = false;
    }

    [RealtimeSafe]
    private bool JudgeSuspect(long took, long allowed, in BlockView output)
    {
        if (took <= allowed)
        {
            _state = State.Unsuspected;
            return false;
        }

        _workNs += ThreadWork.Nanoseconds - _workBefore;
        _allowedNs += allowed;
        if (++_strikes < Strikes)
        {
            return false;
        }

        if (_workNs <= _allowedNs)
        {
            Suspect();
            return false;
        }

        Join(output);
        _jumps = true;
        _state = State.Bypassed;
        return true;
    }
}
