// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Hub;
using AudioMesh.Network.Wire;

namespace AudioMesh.Cli.Hub;

/// <summary>The engine's side of a client: what is played to the others, and the mix on the device.</summary>
internal sealed class JoinGraph(AudioMeshEngine engine, JoinPlan plan)
{
    private FileSourceHandle? _source;
    private FileFacts? _file;

    /// <summary>Opens the file and the device, at the file's rate.</summary>
    public async Task<DeviceInfo> OpenAsync(DeviceWish wish, IReport report)
    {
        if (plan.Path is { } path)
        {
            _source = await engine.AddFileSourceAsync(path, plan.Loops);
            _file = await FileFacts.ReadAsync(_source, path);
        }

        return await EngineStart.OpenAsync(engine, wish, new DeviceNeed(IsRecording: false, _file?.Rate ?? 0, [2, 1], IsDuplex: plan.Captures), report);
    }

    public HubClientOptions ClientOptions(DeviceInfo device) => new()
    {
        Name = plan.Settings.Name,
        Hub = plan.Hub,
        SendChannels = SendChannels(device),
        MixChannels = device.OutputChannels,
        MixEncoding = plan.Encoding switch
        {
            "s24" => SampleEncoding.Int24,
            "s16" => SampleEncoding.Int16,
            "opus" => SampleEncoding.Opus,
            _ => SampleEncoding.Float32,
        },
        MixRedundancy = plan.Repeat > 0 ? Redundancy.Repeat(plan.Repeat) : plan.Parity > 0 ? Redundancy.Parity(plan.Parity) : Redundancy.None,
    };

    /// <summary>Makes the nodes; their meters, what is heard first.</summary>
    public async Task<IReadOnlyList<MeterHandle>> BuildAsync(DeviceInfo device)
    {
        GraphRequests graph = new(engine);
        List<MeterHandle> meters = [await engine.AddMeterAsync(device.OutputChannels)];
        int mix = await graph.CreateAsync("toast_source", json =>
        {
            json.WriteNumber("channels", device.OutputChannels);
            json.WriteNumber("depth_min", plan.LeastDepthMs);
            json.WriteNumber("depth_max", plan.MostDepthMs);
            json.WriteString("gaps", plan.Predicts ? "predict" : "silence");
        });
        await graph.ConnectAsync(mix, meters[0].Id);
        await engine.ConnectAsync(meters[0], await engine.AddDeviceSinkAsync(device.OutputChannels));
        int channels = SendChannels(device);
        if (channels == 0)
        {
            return meters;
        }

        MeshNode source = _source ?? (MeshNode)await engine.AddDeviceSourceAsync(channels);
        MeterHandle meter = await engine.AddMeterAsync(channels);
        int sink = await graph.CreateAsync("toast_sink", json =>
        {
            json.WriteString("stream", "hub");
            json.WriteString("encoding", plan.Encoding);
            json.WriteNumber("channels", channels);
            json.WriteNumber("repeat", plan.Repeat);
            json.WriteNumber("parity", plan.Parity);
        });
        await engine.ConnectAsync(source, meter);
        await graph.ConnectAsync(meter.Id, sink);
        meters.Add(meter);
        return meters;
    }

    private int SendChannels(DeviceInfo device) => _file?.Channels ?? (plan.Captures ? device.InputChannels : 0);
}
