// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>
/// Takes bytes as they come, cuts them into lines, reads these and hands over what they say. A line that is too long is passed over without being kept, so that
/// no line takes more memory than <see cref="JdatLimits"/> allow. One thread feeds; counts may be read from any.
/// </summary>
public sealed class JdatStream
{
    private const byte End = (byte)'\n';

    private readonly IJdatHandler _handler;
    private readonly JdatLimits _limits;
    private readonly JdatReader _reader;
    private byte[] _begun = new byte[4096];
    private int _begunBytes;
    private bool _isPassingOver;
    private long _lines;
    private long _faults;

    /// <summary>A stream whose messages go to <paramref name="handler"/>. Throws InvalidArgument when the limits make no sense.</summary>
    public JdatStream(IJdatHandler handler, JdatLimits? limits = null)
    {
        _handler = handler;
        _limits = limits ?? new JdatLimits();
        _reader = new JdatReader(_limits);
    }

    /// <summary>Lines so far, refused ones counted, empty ones not.</summary>
    public long Lines => Volatile.Read(ref _lines);

    /// <summary>Lines refused.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Takes bytes, of which any part may be any part of a line.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        for (int end = bytes.IndexOf(End); end >= 0; end = bytes.IndexOf(End))
        {
            FinishLine(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    /// <summary>Says that no more comes: a last line without an end is taken for whole, and what comes after all begins a new line.</summary>
    public void Finish() => FinishLine([]);

    /// <summary>Takes one whole line, with or without its end, as a datagram holds it.</summary>
    public void TakeLine(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n"u8);
        if (line.Contains(End))
        {
            Refuse(JdatError.NotJson);
        }
        else
        {
            Take(line);
        }
    }

    private void FinishLine(ReadOnlySpan<byte> rest)
    {
        if (_begunBytes == 0 && !_isPassingOver)
        {
            Take(rest);
            return;
        }

        Keep(rest);
        if (_isPassingOver)
        {
            Refuse(JdatError.LineTooLong);
        }
        else
        {
            Take(_begun.AsSpan(0, _begunBytes));
        }

        (_begunBytes, _isPassingOver) = (0, false);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _isPassingOver |= bytes.Length > _limits.MaxLineBytes - _begunBytes;
        if (_isPassingOver)
        {
            return;
        }

        int needed = _begunBytes + bytes.Length;
        if (needed > _begun.Length)
        {
            Array.Resize(ref _begun, (int)Math.Min(Math.Max(needed, 2L * _begun.Length), Math.Max(_limits.MaxLineBytes, needed)));
        }

        bytes.CopyTo(_begun.AsSpan(_begunBytes));
        _begunBytes = needed;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        if (line.IsEmpty)
        {
            return;
        }

        Volatile.Write(ref _lines, _lines + 1);
        switch (_reader.Read(line, out JdatFault fault, _lines))
        {
            case JdatMessageKind.Audio:
                _handler.OnAudio(_reader.Audio, _reader.Samples);
                break;
            case JdatMessageKind.Transport:
                _handler.OnTransport(_reader.Transport);
                break;
            case JdatMessageKind.SyncCalibration:
                _handler.OnSyncCalibration(_reader.SyncCalibration!);
                break;
            default:
                Tell(fault);
                break;
        }
    }

    private void Refuse(JdatError error)
    {
        Volatile.Write(ref _lines, _lines + 1);
        Tell(new JdatFault(error, "", _lines, 0));
    }

    private void Tell(in JdatFault fault)
    {
        Volatile.Write(ref _faults, _faults + 1);
        _handler.OnFault(fault);
    }
}
