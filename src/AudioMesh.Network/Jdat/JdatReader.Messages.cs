// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Network.Jdat;

/// <content>What a whole line must have to be one of the messages.</content>
public sealed partial class JdatReader
{
    private bool Finish(ref JdatScanner scanner)
    {
        if (!Has(ref scanner, JdatMembers.Type))
        {
            return false;
        }

        if (_kind == JdatMessageKind.Fault)
        {
            return scanner.Fail(JdatError.UnknownType);
        }

        if (!Has(ref scanner, JdatMembers.Version))
        {
            return false;
        }

        if (!_isVersionKnown)
        {
            return scanner.Fail(JdatError.UnknownVersion);
        }

        return Has(ref scanner, JdatMembers.TimestampGpu) && Has(ref scanner, JdatMembers.SessionId) && _kind switch
        {
            JdatMessageKind.Audio => FinishAudio(ref scanner),
            JdatMessageKind.Transport => FinishTransport(ref scanner),
            _ => FinishSync(ref scanner),
        };
    }

    private bool FinishAudio(ref JdatScanner scanner)
    {
        if (!Has(ref scanner, JdatMembers.AudioData | AudioNeeds))
        {
            return false;
        }

        _at = JdatMembers.Samples;
        if (_sampleCount > _limits.MaxSamples)
        {
            return scanner.Fail(JdatError.TooManySamples);
        }

        if (_sampleCount == 0 || _sampleCount % _channels != 0)
        {
            return scanner.Fail(JdatError.WrongCount);
        }

        Audio = new JdatAudio(_time, _session.Text, (int)_sampleRate, (int)_channels, _isProcessed, _confidence);
        return true;
    }

    private bool FinishTransport(ref JdatScanner scanner)
    {
        if (!Has(ref scanner, JdatMembers.Command))
        {
            return false;
        }

        if (_command is not { } command)
        {
            return scanner.Fail(JdatError.OutOfRange);
        }

        if (command == JdatTransportCommand.Locate && !Has(ref scanner, JdatMembers.Position))
        {
            return false;
        }

        Transport = new JdatTransport(_time, _session.Text, command, command == JdatTransportCommand.Locate ? _position : 0);
        return true;
    }

    private bool FinishSync(ref JdatScanner scanner)
    {
        _at = JdatMembers.None;
        if (scanner.Text.Length > JdatSyncCalibration.MaxBytes)
        {
            return scanner.Fail(JdatError.LineTooLong);
        }

        if (!Has(ref scanner, JdatMembers.TimestampCpu | JdatMembers.TimestampUnit | JdatMembers.ClockBase | JdatMembers.Origin))
        {
            return false;
        }

        _at = JdatMembers.TimestampGpu;
        if (!_time.IsKnown)
        {
            return scanner.Fail(JdatError.WrongKind);
        }

        SyncCalibration = new JdatSyncCalibration
        {
            TimestampCpu = _sync.TimestampCpu,
            TimestampGpu = _time.Nanoseconds,
            ClockBase = _sync.ClockBase!,
            SessionId = _session.Text,
            Origin = _sync.Origin!,
            Rate = _sync.Rate,
            ErrorNs = _sync.ErrorNs,
            RateError = _sync.RateError,
        };
        return true;
    }

    private bool ReadSyncMember(ref JdatScanner scanner, JdatMembers member) => member switch
    {
        JdatMembers.TimestampCpu =>
            scanner.ReadLong(out _sync.TimestampCpu) && (JdatFormat.IsTime(_sync.TimestampCpu) || scanner.Fail(JdatError.OutOfRange)),
        JdatMembers.TimestampUnit => ReadUnit(ref scanner),
        JdatMembers.ClockBase => ReadSyncName(ref scanner, out _sync.ClockBase),
        JdatMembers.Origin => ReadSyncName(ref scanner, out _sync.Origin),
        JdatMembers.Rate => ReadSyncNumber(ref scanner, JdatSyncCalibration.MinRate, JdatSyncCalibration.MaxRate, out _sync.Rate),
        JdatMembers.ErrorNs => ReadSyncNumber(ref scanner, 0, double.MaxValue, out _sync.ErrorNs),
        _ => ReadSyncNumber(ref scanner, 0, JdatSyncCalibration.MaxRateError, out _sync.RateError),
    };

    private static bool ReadUnit(ref JdatScanner scanner) =>
        scanner.ReadText(out ReadOnlySpan<byte> unit, out _) && (unit.SequenceEqual("ns"u8) || scanner.Fail(JdatError.OutOfRange));

    private static bool ReadSyncName(ref JdatScanner scanner, out string? name)
    {
        name = null;
        if (!scanner.ReadText(out ReadOnlySpan<byte> raw, out bool isEscaped))
        {
            return false;
        }

        name = raw.Length > JdatSessionName.MostBytes ? null : isEscaped ? JdatScanner.Unescape(raw) : Encoding.UTF8.GetString(raw);
        return (name is not null && JdatSessionName.IsAllowed(name)) || scanner.Fail(JdatError.OutOfRange);
    }

    private static bool ReadSyncNumber(ref JdatScanner scanner, double least, double most, out double? value)
    {
        value = null;
        if (scanner.TryWord("null"u8))
        {
            return true;
        }

        bool isRead = scanner.ReadDouble(out double number);
        value = number;
        return isRead && ((number >= least && number <= most) || scanner.Fail(JdatError.OutOfRange));
    }

    private bool Has(ref JdatScanner scanner, JdatMembers needed)
    {
        JdatMembers missing = needed & ~_seen;
        if (missing == JdatMembers.None)
        {
            _at = needed;
            return true;
        }

        _at = (JdatMembers)((int)missing & -(int)missing);
        return scanner.Fail(JdatError.MissingMember);
    }

    /// <summary>What only a <c>sync_calibration_block</c> has.</summary>
    private struct SyncFields
    {
        public long TimestampCpu;
        public string? ClockBase;
        public string? Origin;
        public double? Rate;
        public double? ErrorNs;
        public double? RateError;
    }
}
