// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;

namespace AudioMesh.Engine;

/// <summary>What a device reports, as an event of the engine.</summary>
internal static class DeviceReport
{
    /// <summary>The event of <paramref name="device"/>, which was opened as <paramref name="opened"/>.</summary>
    public static EngineEvent Of(DeviceEvent deviceEvent, IAudioOutputBackend device, StreamInfo? opened)
    {
        if (deviceEvent.Kind == DeviceEventKind.Xrun)
        {
            return new EngineEvent(EngineEventKind.Xrun, deviceEvent.Time)
            {
                Value = "device",
                Cause = Graph.RenderCause.Device,
                Microseconds = deviceEvent.Value,
            };
        }

        return new EngineEvent(EngineEventKind.Device, deviceEvent.Time)
        {
            Value = NameOf(deviceEvent.Kind),
            Frames = deviceEvent.Value,
            Error = device.LostReason.Length > 0 ? new AudioMeshException(AudioErrorKind.DeviceLost, device.LostReason) : null,
            Stream = device.Stream ?? opened,
        };
    }

    private static string NameOf(DeviceEventKind kind) => kind switch
    {
        DeviceEventKind.Lost => "lost",
        DeviceEventKind.PeriodChanged => "period_changed",
        DeviceEventKind.RateChanged => "rate_changed",
        DeviceEventKind.LatencyChanged => "latency_changed",
        DeviceEventKind.DefaultDeviceChanged => "default_changed",
        DeviceEventKind.Freewheel => "freewheel",
        _ => "connections_changed",
    };

    /// <summary>Where the engine stands now.</summary>
    public static EngineEvent Of(EngineState state) => new(EngineEventKind.State, MeshClock.Now)
    {
        Value = state switch
        {
            EngineState.Running => "running",
            EngineState.Holdover => "holdover",
            _ => "stopped",
        },
    };

    /// <summary>Why a device that was <paramref name="opened"/> is not back yet.</summary>
    public static EngineEvent Waiting(AudioMeshException failure, StreamInfo? opened) =>
        new(EngineEventKind.Device, MeshClock.Now) { Value = "waiting", Error = failure, Stream = opened };
}
