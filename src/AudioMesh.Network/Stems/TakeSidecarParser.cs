// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Files;

namespace AudioMesh.Network.Stems;

/// <summary>Reads the lines of a sidecar and trusts no number in them. A last line without an end was being written when the recorder was killed, and is passed over.</summary>
internal sealed class TakeSidecarParser(string path)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4 };

    private readonly List<TakePoint> _points = [];
    private readonly List<TakeDropout> _dropouts = [];
    private TakeSidecar? _head;
    private TakePoint? _first;
    private ulong _meshId;
    private long? _frames;
    private long _lastFrame = -1;
    private int _line;

    public static string NameOf(TakeDropoutCause cause) => cause switch
    {
        TakeDropoutCause.Lost => "lost",
        TakeDropoutCause.Device => "device",
        _ => "overlap",
    };

    public TakeSidecar Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Length > TakeLimits.MostBytes)
        {
            throw TakeFiles.Invalid(path, $"is {json.Length} bytes long, more than {TakeLimits.MostBytes}");
        }

        for (int end; (end = json.Span.IndexOf((byte)'\n')) >= 0; json = json[(end + 1)..])
        {
            _line++;
            ReadLine(json[..end]);
        }

        return Result();
    }

    private TakeSidecar Result()
    {
        TakeSidecar head = _head ?? throw TakeFiles.Invalid(path, "does not say that it is a take");
        if (_first is not { } first)
        {
            throw TakeFiles.Invalid(path, "has no point of its clock map");
        }

        return head with { MeshId = _meshId, Points = _points, Dropouts = _dropouts, Frames = _frames, First = first };
    }

    private void ReadLine(ReadOnlyMemory<byte> line)
    {
        if (line.Length > TakeLimits.MostLineBytes)
        {
            throw Wrong($"is {line.Length} bytes long, more than {TakeLimits.MostLineBytes}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Wrong("is no JSON object");
            }

            Take(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new AudioMeshException(AudioErrorKind.FileInvalid, $"{path}: line {_line} is no JSON.", e);
        }
    }

    private void Take(JsonElement line)
    {
        if (_frames is not null)
        {
            throw Wrong("comes after the end");
        }

        if (_head is null)
        {
            TakeHead(line);
        }
        else if (line.TryGetProperty("frame"u8, out _))
        {
            TakePoint(line);
        }
        else if (line.TryGetProperty("dropout"u8, out _))
        {
            TakeDropout(line);
        }
        else if (line.TryGetProperty("step"u8, out _))
        {
            TakeStep(line);
        }
        else if (line.TryGetProperty("end"u8, out _))
        {
            TakeEnd(line);
        }
        else
        {
            throw Wrong("is neither frame, dropout, step nor end");
        }
    }

    private long MostFrames => TakeLimits.MostSeconds * _head!.Rate;

    private void TakeHead(JsonElement line)
    {
        Whole(line, "take", TakeSidecar.Version, TakeSidecar.Version);
        string file = Text(line, "file");
        if (file.Length == 0 || file is "." or ".." || file.AsSpan().ContainsAny('/', '\\', '\0'))
        {
            throw Wrong($"names the file '{file}', which is no name in its own folder");
        }

        _head = new TakeSidecar
        {
            Name = Text(line, "name"),
            Host = Text(line, "host"),
            FileName = file,
            Rate = (int)Whole(line, "rate", AudioFile.MinRate, AudioFile.MaxRate),
            Channels = (int)Whole(line, "channels", 1, AudioFile.MaxChannels),
            MeshId = 0,
            Points = [],
            Dropouts = [],
            Frames = null,
        };
        _meshId = Mesh(line);
    }

    private void TakePoint(JsonElement line)
    {
        TakePoint point = new(
            Whole(line, "frame", _first is null ? 0 : _lastFrame + 1, _first is null ? 0 : MostFrames),
            new MeshTime(Whole(line, "mesh_ns", -TakeLimits.MostNs, TakeLimits.MostNs)),
            Number(line, "error_ns", 0, TakeLimits.MostErrorNs));
        if (_points.Count == TakeLimits.MostPoints)
        {
            throw Wrong($"is one point more than {TakeLimits.MostPoints}");
        }

        _first ??= point;
        _lastFrame = point.Frame;
        if (_points.Count == 0 || point.Frame - _points[^1].Frame >= _head!.Rate / 4)
        {
            CheckRate(point);
            _points.Add(point);
        }
    }

    private void CheckRate(in TakePoint point)
    {
        if (_points.Count == 0)
        {
            return;
        }

        double seconds = (point.MeshTime - _points[^1].MeshTime) / 1e9;
        double nominal = (double)(point.Frame - _points[^1].Frame) / _head!.Rate;

        // A single block told the first: it may have come late. The others are medians.
        double mostPpm = _points.Count == 1 ? TakeLimits.MostFirstPpm : TakeLimits.MostPpm;
        if (!(Math.Abs((seconds / nominal) - 1) * 1e6 <= mostPpm))
        {
            throw Wrong(FormattableString.Invariant($"lets {nominal:0.######} s of sound pass in {seconds:0.######} s, which no device does"));
        }
    }

    private void TakeDropout(JsonElement line)
    {
        TakeDropout last = _dropouts.Count > 0 ? _dropouts[^1] : default;
        if (_dropouts.Count == TakeLimits.MostDropouts)
        {
            throw Wrong($"is one dropout more than {TakeLimits.MostDropouts}");
        }

        _dropouts.Add(new TakeDropout(
            Whole(line, "dropout", last.Frame, MostFrames),
            Whole(line, "frames", 1, MostFrames),
            Text(line, "cause") switch
            {
                "lost" => TakeDropoutCause.Lost,
                "device" => TakeDropoutCause.Device,
                "overlap" => TakeDropoutCause.Overlap,
                var other => throw Wrong($"has the cause '{other}', which is none"),
            }));
    }

    private void TakeEnd(JsonElement line)
    {
        bool isCut = line.TryGetProperty("cut"u8, out JsonElement cut) && cut.ValueKind == JsonValueKind.True;
        long frames = Whole(line, "end", isCut ? 0 : Math.Max(0, _lastFrame), MostFrames);
        if (isCut)
        {
            _points.RemoveAll(point => point.Frame > frames);
            _dropouts.RemoveAll(dropout => EndOf(dropout) > frames);
        }

        if (_dropouts.FirstOrDefault(dropout => EndOf(dropout) > frames) is { Frames: > 0 } beyond)
        {
            throw Wrong($"ends it at frame {frames}, within or before a dropout of {beyond.Frames} frames at frame {beyond.Frame}");
        }

        _frames = frames;
    }

    private static long EndOf(TakeDropout dropout) => dropout.Frame + (dropout.Cause == TakeDropoutCause.Overlap ? 0 : dropout.Frames);

    private void TakeStep(JsonElement line)
    {
        Whole(line, "step", Math.Max(0, _lastFrame), MostFrames);
        long byNs = Whole(line, "by_ns", -TakeLimits.MostNs, TakeLimits.MostNs);
        _meshId = Mesh(line);
        for (int i = 0; i < _points.Count; i++)
        {
            long ns = _points[i].MeshTime.Nanoseconds + byNs;
            if (ns is < -TakeLimits.MostNs or > TakeLimits.MostNs)
            {
                throw Wrong($"leads to {ns} ns, which is beyond mesh time");
            }

            _points[i] = _points[i] with { MeshTime = new MeshTime(ns) };
        }
    }

    private long Whole(JsonElement line, string field, long min, long max)
    {
        if (!line.TryGetProperty(field, out JsonElement value) || value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number))
        {
            throw Wrong($"has no whole number {field}");
        }

        return number >= min && number <= max ? number : throw Wrong($"has {field} {number}; allowed: {min}..{max}");
    }

    private double Number(JsonElement line, string field, double min, double max)
    {
        if (!line.TryGetProperty(field, out JsonElement value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number))
        {
            throw Wrong($"has no number {field}");
        }

        return number >= min && number <= max ? number : throw Wrong(FormattableString.Invariant($"has {field} {number}; allowed: {min}..{max}"));
    }

    private string Text(JsonElement line, string field)
    {
        if (!line.TryGetProperty(field, out JsonElement value) || value.ValueKind != JsonValueKind.String)
        {
            throw Wrong($"has no text {field}");
        }

        try
        {
            string text = value.GetString()!;
            return text.Length <= TakeLimits.MostTextChars ? text : throw Wrong($"has a {field} of {text.Length} characters, more than {TakeLimits.MostTextChars}");
        }
        catch (InvalidOperationException)
        {
            // A half of a surrogate pair, or no UTF-8.
            throw Wrong($"has a {field} that is no text");
        }
    }

    private ulong Mesh(JsonElement line) =>
        ulong.TryParse(Text(line, "mesh"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong id) ? id : throw Wrong("has a mesh that is no 64-bit hexadecimal number");

    private AudioMeshException Wrong(string what) => TakeFiles.Invalid(path, $"line {_line} {what}");
}
