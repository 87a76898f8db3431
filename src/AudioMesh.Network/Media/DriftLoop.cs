// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// Follows the sender's clock: a line of stream positions, driven to where the stream is by a loop of the second order behind a low pass, so that its rate changes by parts of a billion at a
/// time. It begins wide and narrows. Device thread.
/// </summary>
[RealtimeSafe]
internal sealed class DriftLoop(int rate)
{
    /// <summary>The line jumps where it is this far off for a while.</summary>
    public const double JumpFrames = 24;

    private const double BandwidthHz = 0.02;
    private const double WidestOmega = 1;
    private const double Settling = 3;
    private const double LowPass = 6;
    private const double MostDeviation = 1e-3;
    private const double MostCorrection = 5e-4;
    private const double JumpSpread = 12;
    private const int JumpBlocks = 8;
    private const double JumpSeconds = 0.05;
    private const double LockError = 0.5;
    private const double LockSeconds = 3;

    private long _frame;
    private double _part;
    private double _error;
    private double _seconds;
    private double _insideSeconds;
    private double _jump;
    private int _jumpBlocks;
    private double _jumpSeconds;

    /// <summary>How much faster the stream runs than the device reads it; 1e-6 is 1 ppm.</summary>
    public double Deviation { get; private set; }

    /// <summary>Frames the line is behind the stream, filtered.</summary>
    public double Error => _error;

    /// <summary>How far the last reading was from where the line was thought to be.</summary>
    public double Surprise { get; private set; }

    /// <summary>Whether the error has stayed within half a frame.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>How long the last jump had lasted when it was taken for one.</summary>
    public double SecondsSinceJump => _jumpSeconds;

    /// <summary>Frames a second of the device that reads.</summary>
    public int Rate { get; set; } = rate;

    /// <summary>The line's position relative to <paramref name="frame"/>.</summary>
    public double From(long frame) => (_frame - frame) + _part;

    /// <summary>Whole frames of the line's position.</summary>
    public long Frame => _frame;

    /// <summary>The whole frame that is nearest to it.</summary>
    public long Nearest => _frame + (_part >= 0.5 ? 1 : 0);

    /// <summary>What it is beyond them.</summary>
    public double Part => _part;

    /// <summary>Puts the line to a position; the rate is kept.</summary>
    public void Begin(long frame)
    {
        (_frame, _part, _error, _seconds, _jumpBlocks, Surprise) = (frame, 0, 0, 0, 0, 0);
        IsLocked = false;
    }

    /// <summary>The pace is known from elsewhere: whatever disturbed the loop while it was wide is forgotten.</summary>
    public void Settle(double deviation) => Deviation = Math.Clamp(deviation, -MostDeviation, MostDeviation);

    /// <summary>
    /// The stream is <paramref name="error"/> frames ahead of the line, before a block of <paramref name="seconds"/>. Returns how far it has jumped: a clock was set, or the device stood still.
    /// </summary>
    public double Observe(double error, double seconds)
    {
        Surprise = error - _error;
        if (HasJumped(error, seconds))
        {
            Shift(Surprise);
            return Surprise;
        }

        if (_jumpBlocks > 0)
        {
            return 0;
        }

        _seconds += seconds;
        double omega = Omega;
        _error += (1 - Math.Exp(-LowPass * omega * seconds)) * (error - _error);
        Deviation = Math.Clamp(Deviation + (omega * omega * _error * seconds / Rate), -MostDeviation, MostDeviation);
        _insideSeconds = Math.Abs(_error) < LockError ? _insideSeconds + seconds : 0;
        IsLocked = _insideSeconds > LockSeconds || (IsLocked && Math.Abs(_error) < 2 * LockError);
        return 0;
    }

    /// <summary>The stream is so many frames further: the line goes there at once, and its pace is the same.</summary>
    public void Jump(double frames)
    {
        Shift(frames);
        _jumpBlocks = 0;
    }

    /// <summary>Moves the line on by a block; returns by how much.</summary>
    public double Advance(int frames)
    {
        double correction = Math.Clamp(2 * Omega * _error / Rate, -MostCorrection, MostCorrection);
        double moved = frames * (1 + Deviation + correction);
        Shift(moved);
        return moved;
    }

    private double Omega => Math.Max(2 * Math.PI * BandwidthHz, Math.Min(WidestOmega, Settling / (_seconds + 1e-3)));

    private void Shift(double frames)
    {
        _part += frames;
        double whole = Math.Floor(_part);
        _frame += (long)whole;
        _part -= whole;
    }

    private bool HasJumped(double error, double seconds)
    {
        if (Math.Abs(error - _error) < JumpFrames)
        {
            _jumpBlocks = 0;
            return false;
        }

        if (_jumpBlocks == 0 || Math.Abs(error - _jump) > JumpSpread)
        {
            (_jump, _jumpBlocks, _jumpSeconds) = (error, 0, 0);
        }

        _jumpBlocks++;
        _jumpSeconds += seconds;
        if (_jumpBlocks < JumpBlocks || _jumpSeconds < JumpSeconds)
        {
            return false;
        }

        _jumpBlocks = 0;
        return true;
    }
}
