// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Parameters;

/// <summary>Keeps tables in a file, soon after they change: written whole beside it, brought to the disk, and renamed over it, so that there is always one that is whole.</summary>
internal sealed class ParameterFile : IDisposable
{
    private const int SoonMs = 500;
    private const long MostBytes = 64 << 20;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    private readonly string _path;
    private readonly IReadOnlyList<IBusTable> _tables;
    private readonly IReadOnlyList<IDisposable> _watches;
    private readonly AutoResetEvent _changed = new(false);
    private readonly Thread _thread;
    private volatile bool _isEnding;

    public ParameterFile(string path, IReadOnlyList<IBusTable> tables)
    {
        (_path, _tables) = (path, tables);
        Read();
        _watches = [.. tables.Select(table => table.Watch(">", _ => _changed.Set()))];
        _thread = new Thread(Run) { IsBackground = true, Name = "am-parameters" };
        _thread.Start();
    }

    public AudioMeshException? Failure { get; private set; }

    public void Dispose()
    {
        if (_isEnding)
        {
            return;
        }

        foreach (IDisposable watch in _watches)
        {
            watch.Dispose();
        }

        _isEnding = true;
        _changed.Set();
        _thread.Join();
    }

    private void Run()
    {
        while (!_isEnding)
        {
            _changed.WaitOne();
            if (!_isEnding)
            {
                Thread.Sleep(SoonMs);
            }

            Write();
        }
    }

    private void Read()
    {
        if (!File.Exists(_path))
        {
            return;
        }

        try
        {
            if (new FileInfo(_path).Length > MostBytes)
            {
                throw new JsonException("it is too long");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(_path), Strict);
            (IBusTable Table, BusEntry Entry)[] entries = [.. _tables.SelectMany(table => document.RootElement.GetProperty(table.Name).EnumerateArray().Select(entry => (table, ReadEntry(entry))))];
            foreach ((IBusTable table, BusEntry entry) in entries)
            {
                table.Restore(entry);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new AudioMeshException(AudioErrorKind.FileInvalid, $"{_path} holds no shared parameters: {e.Message}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e);
        }
    }

    private static BusEntry ReadEntry(JsonElement entry)
    {
        bool isRemoved = entry.TryGetProperty("removed", out JsonElement removed) && removed.GetBoolean();
        return new BusEntry(
            entry.GetProperty("key").GetString()!,
            isRemoved ? default(ReadOnlyMemory<byte>) : System.Text.Encoding.UTF8.GetBytes(entry.GetProperty("json").GetString()!),
            new BusStamp(entry.GetProperty("utc_ns").GetInt64(), entry.GetProperty("counter").GetUInt32(), entry.GetProperty("origin").GetString()!),
            isRemoved);
    }

    private void Write()
    {
        string beside = $"{_path}.new";
        try
        {
            using (FileStream file = new(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using (Utf8JsonWriter writer = new(file, new JsonWriterOptions { Indented = true }))
                {
                    WriteTables(writer);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(beside, _path, overwrite: true);
            Failure = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = Unreadable(e);
        }
    }

    private void WriteTables(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (IBusTable table in _tables)
        {
            writer.WriteStartArray(table.Name);
            foreach (BusEntry entry in table.EntriesWithRemoved)
            {
                writer.WriteStartObject();
                writer.WriteString("key", entry.Key);
                if (entry.IsRemoved)
                {
                    writer.WriteBoolean("removed", true);
                }
                else
                {
                    writer.WriteString("json", entry.Value.Span);
                }

                writer.WriteNumber("utc_ns", entry.Stamp.UtcNs);
                writer.WriteNumber("counter", entry.Stamp.Counter);
                writer.WriteString("origin", entry.Stamp.Origin);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private AudioMeshException Unreadable(Exception e) => new(
        e is UnauthorizedAccessException ? AudioErrorKind.PermissionDenied : AudioErrorKind.FileUnreadable, $"{_path} cannot be read or written: {e.Message}", e)
    {
        Field = "file",
    };
}
