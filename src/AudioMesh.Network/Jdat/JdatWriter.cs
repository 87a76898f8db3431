// SPDX-License-Identifier: MIT
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AudioMesh.Clock;

namespace AudioMesh.Network.Jdat;

/// <summary>
/// Writes JDAT lines (docs/protocols/jdat.md). What it answers is one line with its end, valid until its next call. Every number is the shortest that is read
/// as the same float. Writing samples allocates nothing once its memory has grown to the largest line and the session keeps its name. One thread.
/// </summary>
public sealed class JdatWriter
{
    // The longest float is -1.23456789E-38 with a comma.
    private const int MostFloatBytes = 17;
    private const int MostHeadBytes = 512;

    private byte[] _line = new byte[4096];
    private int _length;
    private string _sessionId = "";
    private JsonEncodedText _session = JsonEncodedText.Encode("");

    /// <summary>A <c>jdat</c> line. What is not finite is written as 0: JSON has no word for it.</summary>
    /// <exception cref="AudioMeshException">InvalidArgument: rate, channels, confidence or session id are out of range, or the samples are no whole number of frames.</exception>
    public ReadOnlySpan<byte> Write(in JdatAudio audio, ReadOnlySpan<float> samples)
    {
        Check(audio.SampleRate is >= 8000 and <= 768000, nameof(audio.SampleRate), "8000..768000");
        Check(audio.Channels is >= 1 and <= 64, nameof(audio.Channels), "1..64");
        Check(audio.PredictionConfidence is >= 0 and <= 1, nameof(audio.PredictionConfidence), "0..1");
        Check(samples.Length > 0 && samples.Length % audio.Channels == 0, nameof(samples), "a whole number of frames");
        Begin("{\"type\":\"jdat\",\"version\":\"jamnet/1.0\""u8, audio.TimestampGpu, audio.SessionId, checked(samples.Length * MostFloatBytes));
        Put(",\"audio_data\":{\"sample_rate\":"u8);
        Put(audio.SampleRate);
        Put(",\"channels\":"u8);
        Put(audio.Channels);
        Put(",\"samples\":["u8);
        foreach (float sample in samples)
        {
            Put(sample);
            _line[_length++] = (byte)',';
        }

        _length--;
        Put("],\"pnbtr_processed\":"u8);
        Put(audio.IsPnbtrProcessed ? "true"u8 : "false"u8);
        Put(",\"prediction_confidence\":"u8);
        Put(audio.PredictionConfidence);
        Put("}}\n"u8);
        return _line.AsSpan(0, _length);
    }

    /// <summary>A <c>transport_command</c> line.</summary>
    /// <exception cref="AudioMeshException">InvalidArgument: the command is not one, the position is negative, or the session id is out of range.</exception>
    public ReadOnlySpan<byte> Write(in JdatTransport transport)
    {
        Check(Enum.IsDefined(transport.Command), nameof(transport.Command), "Play, Stop, Locate");
        Check(transport.Position is >= 0 and <= JdatFormat.MaxTime, nameof(transport.Position), "0..2^62");
        Begin("{\"type\":\"transport_command\",\"version\":\"jamnet/1.0\""u8, transport.TimestampGpu, transport.SessionId, 0);
        Put(transport.Command switch
        {
            JdatTransportCommand.Play => ",\"command\":\"play\""u8,
            JdatTransportCommand.Stop => ",\"command\":\"stop\""u8,
            _ => ",\"command\":\"locate\",\"position\":"u8,
        });
        if (transport.Command == JdatTransportCommand.Locate)
        {
            Put(transport.Position);
        }

        Put("}\n"u8);
        return _line.AsSpan(0, _length);
    }

    /// <summary>A <c>sync_calibration_block</c> line.</summary>
    /// <exception cref="AudioMeshException">InvalidArgument: a member is out of range.</exception>
    public ReadOnlySpan<byte> Write(JdatSyncCalibration block)
    {
        block.Validate();
        Begin("{\"type\":\"sync_calibration_block\",\"version\":\"jamnet/1.0\""u8, new MeshTime(block.TimestampGpu), block.SessionId, 4 * JdatSessionName.MostBytes);
        Put(",\"timestamp_cpu\":"u8);
        Put(block.TimestampCpu);
        Put(",\"timestamp_unit\":\"ns\",\"clock_base\":\""u8);
        Put(Encode(block.ClockBase).EncodedUtf8Bytes);
        Put("\",\"origin\":\""u8);
        Put(Encode(block.Origin).EncodedUtf8Bytes);
        Put("\""u8);
        Put(",\"rate\":"u8, block.Rate);
        Put(",\"error_ns\":"u8, block.ErrorNs);
        Put(",\"rate_error\":"u8, block.RateError);
        Put("}\n"u8);
        return _line.AsSpan(0, _length);
    }

    private static JsonEncodedText Encode(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private static void Check(bool holds, string name, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{name} is out of range: {allowed}.") { Field = name, Allowed = allowed };
        }
    }

    private void Begin(ReadOnlySpan<byte> head, MeshTime time, string sessionId, int bytes)
    {
        Check(!time.IsKnown || JdatFormat.IsTime(time.Nanoseconds), "timestamp_gpu", "within 2^62 of zero");
        if (!ReferenceEquals(sessionId, _sessionId))
        {
            Check(JdatSessionName.IsAllowed(sessionId), "session_id", "at most 128 characters, none of them control characters");
            _session = Encode(sessionId);
            _sessionId = sessionId;
        }

        _length = 0;
        Reserve(bytes + MostHeadBytes + _session.EncodedUtf8Bytes.Length);
        Put(head);
        Put(",\"timestamp_gpu\":"u8);
        if (time.IsKnown)
        {
            Put(time.Nanoseconds);
        }
        else
        {
            Put("null"u8);
        }

        Put(",\"session_id\":\""u8);
        Put(_session.EncodedUtf8Bytes);
        Put("\""u8);
    }

    private void Reserve(int bytes)
    {
        if (_line.Length < bytes)
        {
            _line = new byte[Math.Max(bytes, _line.Length * 2)];
        }
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_line.AsSpan(_length));
        _length += text.Length;
    }

    private void Put(long number)
    {
        Utf8Formatter.TryFormat(number, _line.AsSpan(_length), out int written);
        _length += written;
    }

    private void Put(ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            Put(name);
            number.TryFormat(_line.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
            _length += written;
        }
    }

    private void Put(float sample)
    {
        float finite = float.IsFinite(sample) ? sample : 0;
        finite.TryFormat(_line.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }
}
