// SPDX-License-Identifier: MIT
using System.Text.Unicode;
using AudioMesh.Clock;

namespace AudioMesh.Network.Jdat;

/// <summary>
/// Reads JDAT lines that anybody may have sent (docs/protocols/jdat.md), one at a time. Members it does not know are passed over. Reading samples allocates
/// nothing once its memory has grown to the largest line and the session keeps its name. One thread.
/// </summary>
public sealed partial class JdatReader
{
    private const JdatMembers AudioNeeds = JdatMembers.SampleRate | JdatMembers.Channels | JdatMembers.Samples;

    private readonly JdatLimits _limits;
    private readonly JdatSessionName _session = new();
    private float[] _samples = new float[1024];
    private int _sampleCount;
    private JdatMembers _seen;
    private JdatMembers _at;
    private JdatMessageKind _kind;
    private bool _isVersionKnown;
    private MeshTime _time;
    private JdatTransportCommand? _command;
    private long _position;
    private long _sampleRate;
    private long _channels;
    private bool _isProcessed;
    private float _confidence;
    private SyncFields _sync;

    /// <summary>A reader that takes what <paramref name="limits"/> allow. Throws InvalidArgument when they make no sense.</summary>
    public JdatReader(JdatLimits? limits = null)
    {
        _limits = limits ?? new JdatLimits();
        _limits.Validate();
    }

    /// <summary>What the last line said of its samples, where it was <see cref="JdatMessageKind.Audio"/>.</summary>
    public JdatAudio Audio { get; private set; }

    /// <summary>Its samples, interleaved: a whole number of frames, all finite. Until the next line.</summary>
    public ReadOnlySpan<float> Samples => _samples.AsSpan(0, _sampleCount);

    /// <summary>What the last line commanded, where it was <see cref="JdatMessageKind.Transport"/>.</summary>
    public JdatTransport Transport { get; private set; }

    /// <summary>The clock map of the last line that was <see cref="JdatMessageKind.SyncCalibration"/>.</summary>
    public JdatSyncCalibration? SyncCalibration { get; private set; }

    /// <summary>Reads one line without its end. Where it is refused, <paramref name="fault"/> says why, with <paramref name="lineNumber"/>.</summary>
    public JdatMessageKind Read(ReadOnlySpan<byte> line, out JdatFault fault, long lineNumber = 0)
    {
        Begin();
        JdatScanner scanner = new(line);
        if (line.Length > _limits.MaxLineBytes)
        {
            scanner.Fail(JdatError.LineTooLong);
        }
        else if (!Utf8.IsValid(line))
        {
            scanner.Fail(JdatError.NotJson);
        }
        else if (ReadLine(ref scanner) && Finish(ref scanner))
        {
            fault = default;
            return _kind;
        }

        bool isOfMember = scanner.Error is not (JdatError.NotJson or JdatError.TooDeep or JdatError.LineTooLong);
        fault = new JdatFault(scanner.Error, isOfMember ? JdatMembersText.NameOf(_at) : "", lineNumber, scanner.At);
        _sampleCount = 0;
        return JdatMessageKind.Fault;
    }

    private void Begin()
    {
        (_sampleCount, _seen, _at, _kind) = (0, JdatMembers.None, JdatMembers.None, JdatMessageKind.Fault);
        (_isVersionKnown, _time, _command, _position) = (false, MeshTime.Unknown, null, 0);
        (_sampleRate, _channels, _isProcessed, _confidence) = (0, 0, false, 1);
        _sync = default;
    }

    private bool ReadLine(ref JdatScanner scanner)
    {
        if (!scanner.Take((byte)'{'))
        {
            return false;
        }

        if (!scanner.TryTake((byte)'}'))
        {
            do
            {
                if (!scanner.ReadName(out ReadOnlySpan<byte> name) || !ReadMember(ref scanner, JdatMembersText.OfLine(name)))
                {
                    return false;
                }
            }
            while (scanner.TryTake((byte)','));
            if (!scanner.Take((byte)'}'))
            {
                return false;
            }
        }

        return (scanner.Peek() == 0 && scanner.At == scanner.Text.Length) || scanner.Fail(JdatError.NotJson);
    }

    private bool ReadMember(ref JdatScanner scanner, JdatMembers member)
    {
        _at = member;
        if ((_seen & member) != 0)
        {
            return scanner.Fail(JdatError.DuplicateMember);
        }

        _seen |= member;
        return member switch
        {
            JdatMembers.Type => ReadType(ref scanner),
            JdatMembers.Version => ReadVersion(ref scanner),
            JdatMembers.TimestampGpu => ReadTime(ref scanner),
            JdatMembers.SessionId => ReadSession(ref scanner),
            JdatMembers.AudioData => ReadAudioData(ref scanner),
            JdatMembers.Command => ReadCommand(ref scanner),
            JdatMembers.Position => scanner.ReadLong(out _position) && (_position is >= 0 and <= JdatFormat.MaxTime || scanner.Fail(JdatError.OutOfRange)),
            JdatMembers.SampleRate => scanner.ReadLong(out _sampleRate) && (_sampleRate is >= 8000 and <= 768000 || scanner.Fail(JdatError.OutOfRange)),
            JdatMembers.Channels => scanner.ReadLong(out _channels) && (_channels is >= 1 and <= 64 || scanner.Fail(JdatError.OutOfRange)),
            JdatMembers.Samples => ReadSamples(ref scanner),
            JdatMembers.PnbtrProcessed => scanner.ReadFlag(out _isProcessed),
            JdatMembers.PredictionConfidence =>
                scanner.ReadFloat(out _confidence) && (_confidence is >= 0 and <= 1 || scanner.Fail(JdatError.OutOfRange)),
            JdatMembers.None => scanner.SkipValue(1),
            _ => ReadSyncMember(ref scanner, member),
        };
    }

    private bool ReadType(ref JdatScanner scanner)
    {
        if (!scanner.ReadText(out ReadOnlySpan<byte> type, out _))
        {
            return false;
        }

        _kind = type switch
        {
            _ when type.SequenceEqual("jdat"u8) => JdatMessageKind.Audio,
            _ when type.SequenceEqual("transport_command"u8) => JdatMessageKind.Transport,
            _ when type.SequenceEqual("sync_calibration_block"u8) => JdatMessageKind.SyncCalibration,
            _ => JdatMessageKind.Fault,
        };
        return true;
    }

    private bool ReadVersion(ref JdatScanner scanner)
    {
        bool isText = scanner.ReadText(out ReadOnlySpan<byte> version, out _);
        _isVersionKnown = version.SequenceEqual(JdatFormat.Version);
        return isText;
    }

    private bool ReadTime(ref JdatScanner scanner)
    {
        if (scanner.TryWord("null"u8))
        {
            return true;
        }

        bool isRead = scanner.ReadLong(out long time);
        _time = new MeshTime(time);
        return isRead && (JdatFormat.IsTime(time) || scanner.Fail(JdatError.OutOfRange));
    }

    private bool ReadSession(ref JdatScanner scanner) =>
        scanner.ReadText(out ReadOnlySpan<byte> raw, out bool isEscaped)
        && (_session.TrySet(raw, isEscaped) || scanner.Fail(JdatError.OutOfRange));

    private bool ReadCommand(ref JdatScanner scanner)
    {
        if (!scanner.ReadText(out ReadOnlySpan<byte> command, out _))
        {
            return false;
        }

        _command = command switch
        {
            _ when command.SequenceEqual("play"u8) => JdatTransportCommand.Play,
            _ when command.SequenceEqual("stop"u8) => JdatTransportCommand.Stop,
            _ when command.SequenceEqual("locate"u8) => JdatTransportCommand.Locate,
            _ => null,
        };
        return true;
    }

    private bool ReadAudioData(ref JdatScanner scanner)
    {
        if (scanner.Peek() != '{')
        {
            return scanner.SkipValue(1) && scanner.Fail(JdatError.WrongKind);
        }

        scanner.At++;
        if (scanner.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!scanner.ReadName(out ReadOnlySpan<byte> name))
            {
                return false;
            }

            JdatMembers member = JdatMembersText.OfAudio(name);
            if (member == JdatMembers.None ? !scanner.SkipValue(2) : !ReadMember(ref scanner, member))
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));
        return scanner.Take((byte)'}');
    }

    private bool ReadSamples(ref JdatScanner scanner)
    {
        if (scanner.Peek() != '[')
        {
            return scanner.SkipValue(2) && scanner.Fail(JdatError.WrongKind);
        }

        scanner.At++;
        if (scanner.TryTake((byte)']'))
        {
            return true;
        }

        do
        {
            if (_sampleCount == _samples.Length && !Grow())
            {
                return scanner.Fail(JdatError.TooManySamples);
            }

            if (!scanner.ReadFloat(out _samples[_sampleCount]))
            {
                return false;
            }

            _sampleCount++;
        }
        while (scanner.TryTake((byte)','));
        return scanner.Take((byte)']');
    }

    private bool Grow()
    {
        int room = Math.Min(_samples.Length * 2, Math.Max(_limits.MaxSamples, _samples.Length));
        bool canGrow = room > _samples.Length;
        Array.Resize(ref _samples, room);
        return canGrow;
    }
}
