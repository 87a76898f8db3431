// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Realtime;

namespace AudioMesh;

/// <content>Making nodes and connecting them.</content>
public sealed partial class AudioMeshEngine
{
    /// <summary>Adds a sine.</summary>
    public async Task<ToneHandle> AddToneAsync(
        double frequencyHz = 440, double levelDb = -12, int channels = 2, CancellationToken cancellation = default) =>
        new(this, await CreateAsync("tone", [("freq", frequencyHz), ("db", levelDb), ("channels", channels)], cancellation).ConfigureAwait(false));

    /// <summary>Adds a file to play, from a frame of it on. Throws NotFound, FileUnreadable, FileInvalid, FormatUnsupported, LibraryMissing.</summary>
    public async Task<FileSourceHandle> AddFileSourceAsync(
        string path, bool loop = false, long startFrame = 0, CancellationToken cancellation = default)
    {
        (string, object)[] arguments = [("path", Path.GetFullPath(path)), ("loop", loop), ("position", (double)startFrame)];
        return new(this, await CreateAsync("file_source", arguments, cancellation).ConfigureAwait(false));
    }

    /// <summary>Adds a file to record. Throws FileUnreadable, PermissionDenied, FormatUnsupported, LibraryMissing.</summary>
    /// <param name="path">The file to make; its extension chooses the container.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="format"><c>s16</c>, <c>s24</c>, <c>s32</c> or <c>f32</c>.</param>
    /// <param name="overwrite">Replace a file that is there already.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<FileSinkHandle> AddFileSinkAsync(
        string path, int channels = 2, string format = "f32", bool overwrite = false, CancellationToken cancellation = default)
    {
        (string, object)[] arguments =
            [("path", Path.GetFullPath(path)), ("channels", channels), ("format", format), ("overwrite", overwrite)];
        return new(this, await CreateAsync("file_sink", arguments, cancellation).ConfigureAwait(false));
    }

    /// <summary>Adds a ring the app writes. Rates that are not the device's are converted. Throws InvalidArgument.</summary>
    public async Task<AppSource> AddAppSourceAsync(AppSourceOptions? options = null, CancellationToken cancellation = default)
    {
        AppSourceOptions wanted = options ?? new AppSourceOptions();
        int rate = await RateAsync(wanted.Rate, cancellation).ConfigureAwait(false);
        int depth = wanted.DepthFrames > 0 ? wanted.DepthFrames : Math.Max(1, (int)(wanted.Depth.TotalSeconds * rate));
        (string, object)[] arguments =
        [
            ("frames", Math.Max(64, wanted.FollowsClock ? 2 * depth : depth)), ("depth", depth), ("channels", wanted.Channels), ("rate", rate),
            ("gaps", wanted.PredictsGaps ? "predict" : "silence"), ("drift", wanted.FollowsClock ? "auto" : "off"),
        ];
        (int id, FrameRing ring) = await CreateRingAsync("app_source", arguments, cancellation).ConfigureAwait(false);
        return new AppSource(this, id, ring, depth);
    }

    /// <summary>Adds a ring the app reads. Rates that are not the device's are converted. Throws InvalidArgument.</summary>
    public async Task<AppSink> AddAppSinkAsync(AppSinkOptions? options = null, CancellationToken cancellation = default)
    {
        AppSinkOptions wanted = options ?? new AppSinkOptions();
        int rate = await RateAsync(wanted.Rate, cancellation).ConfigureAwait(false);
        int frames = Math.Max(64, (int)(wanted.Room.TotalSeconds * rate));
        (string, object)[] arguments =
            [("frames", frames), ("channels", wanted.Channels), ("rate", rate), ("drift", wanted.FollowsClock ? "auto" : "off")];
        (int id, FrameRing ring) = await CreateRingAsync("app_sink", arguments, cancellation).ConfigureAwait(false);
        return new AppSink(this, id, ring);
    }

    /// <summary>Adds a gain.</summary>
    public async Task<GainHandle> AddGainAsync(double gainDb = 0, int channels = 2, CancellationToken cancellation = default) =>
        new(this, await CreateAsync("gain", [("db", gainDb), ("channels", channels)], cancellation).ConfigureAwait(false));

    /// <summary>Adds a mixer: what is connected to it is added up.</summary>
    public async Task<MeshNode> AddMixerAsync(int channels = 2, CancellationToken cancellation = default) =>
        new(this, await CreateAsync("mixer", [("channels", channels)], cancellation).ConfigureAwait(false));

    /// <summary>Adds a meter: sound passes through it unchanged.</summary>
    public async Task<MeterHandle> AddMeterAsync(int channels = 2, CancellationToken cancellation = default) =>
        new(this, await CreateAsync("meter", [("channels", channels)], cancellation).ConfigureAwait(false));

    /// <summary>Adds the device's output, from device channel <paramref name="first"/> on.</summary>
    public async Task<MeshNode> AddDeviceSinkAsync(int channels = 2, int first = 0, CancellationToken cancellation = default) =>
        new(this, await CreateAsync("device_sink", [("channels", channels), ("first", first)], cancellation).ConfigureAwait(false));

    /// <summary>Adds the device's input, from device channel <paramref name="first"/> on.</summary>
    public async Task<MeshNode> AddDeviceSourceAsync(int channels = 2, int first = 0, CancellationToken cancellation = default) =>
        new(this, await CreateAsync("device_source", [("channels", channels), ("first", first)], cancellation).ConfigureAwait(false));

    /// <summary>Connects two nodes. Mono goes to every channel; many go to mono as their mean. Throws InvalidArgument, a cycle's path in its message.</summary>
    public Task ConnectAsync(MeshNode from, MeshNode to, CancellationToken cancellation = default) =>
        TellAsync("connect", json => RequestWriter.Connection(json, from.Id, to.Id), cancellation);

    /// <summary>Takes a connection away. Throws NotFound.</summary>
    public Task DisconnectAsync(MeshNode from, MeshNode to, CancellationToken cancellation = default) =>
        TellAsync("disconnect", json => RequestWriter.Connection(json, from.Id, to.Id), cancellation);

    private async Task<int> RateAsync(int wanted, CancellationToken cancellation) => wanted > 0
        ? wanted
        : (await GetDeviceAsync(cancellation).ConfigureAwait(false))?.Rate ?? 48000;

    private async Task<int> CreateAsync(string type, (string Name, object Value)[] arguments, CancellationToken cancellation)
    {
        using JsonDocument reply = await AskAsync("create_node", json => RequestWriter.Node(json, type, arguments), cancellation)
            .ConfigureAwait(false);
        return reply.RootElement.GetProperty("id").GetInt32();
    }

    private async Task<(int Id, FrameRing Ring)> CreateRingAsync(
        string type, (string Name, object Value)[] arguments, CancellationToken cancellation)
    {
        byte[] request = RequestWriter.Request("create_node", json => RequestWriter.Node(json, type, arguments));
        DoorReply answer = await _door.RequestAsync(request, cancellation).ConfigureAwait(false);
        using DescriptorExchange? descriptors = answer.Descriptors;
        using JsonDocument reply = ReplyReader.Open(answer.Text);
        int id = reply.RootElement.GetProperty("id").GetInt32();
        return (id, _door.AttachRing(id, reply.RootElement.GetProperty("ring"), descriptors));
    }
}
