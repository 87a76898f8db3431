// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Clock;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Network.Stems;

/// <summary>
/// Writes a take's sidecar, a line of JSON at a time, so that it can be read however the recorder ends. A line that did not fit is written over by the next.
/// Throws DiskFull, FileUnreadable or PermissionDenied.
/// </summary>
internal sealed class TakeSidecarWriter : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;
    private long _length;

    public TakeSidecarWriter(string path)
    {
        _path = path;
        _json = new Utf8JsonWriter(_line);
        try
        {
            _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            throw TakeFiles.From(path, e);
        }
    }

    public void Begin(TakePlan plan, TakeRecorderOptions options, ulong meshId) => Write(json =>
    {
        json.WriteNumber("take", TakeSidecar.Version);
        json.WriteString("name", plan.Name.Length > 0 ? plan.Name : Path.GetFileNameWithoutExtension(plan.Path));
        json.WriteString("host", options.Host);
        json.WriteString("file", Path.GetFileName(plan.Path));
        json.WriteNumber("rate", options.Rate);
        json.WriteNumber("channels", options.Channels);
        json.WriteString("mesh", meshId.ToString("x16"));
    });

    public void Point(in TakePoint point)
    {
        (long frame, MeshTime meshTime, double errorNs) = point;
        Write(json =>
        {
            json.WriteNumber("frame", frame);
            json.WriteNumber("mesh_ns", meshTime.Nanoseconds);
            json.WriteNumber("error_ns", Math.Round(errorNs, 1));
        });
    }

    /// <summary>Mesh time was set: all before is <paramref name="byNs"/> later in the mesh time that follows.</summary>
    public void Step(long frame, long byNs, ulong meshId) => Write(json =>
    {
        json.WriteNumber("step", frame);
        json.WriteNumber("by_ns", byNs);
        json.WriteString("mesh", meshId.ToString("x16"));
    });

    public void Dropout(TakeDropout dropout) => Write(json =>
    {
        json.WriteNumber("dropout", dropout.Frame);
        json.WriteNumber("frames", dropout.Frames);
        json.WriteString("cause", TakeSidecarParser.NameOf(dropout.Cause));
    });

    /// <summary>The take's frames; <paramref name="isCut"/> where what was written down before may lie beyond them.</summary>
    public void End(long frames, bool isCut) => Write(json =>
    {
        json.WriteNumber("end", frames);
        json.WriteBoolean("cut", isCut);
    });

    public void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_file);
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            throw TakeFiles.From(_path, e);
        }
    }

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }

    private void Write(Action<Utf8JsonWriter> fields)
    {
        _line.Clear();
        _json.Reset();
        _json.WriteStartObject();
        fields(_json);
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
        try
        {
            RandomAccess.Write(_file, _line.WrittenSpan, _length);
            _length += _line.WrittenCount;
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            throw TakeFiles.From(_path, e);
        }
    }
}
