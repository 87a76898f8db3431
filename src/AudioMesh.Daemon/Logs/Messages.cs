// SPDX-License-Identifier: MIT
using Microsoft.Extensions.Logging;

namespace AudioMesh.Daemon.Logs;

/// <summary>All that a daemon says, each with a number and named fields.</summary>
internal static partial class Messages
{
    [LoggerMessage(1, LogLevel.Information, "audiomixerd {Version} listens at {Socket}; its configuration is {Config}.")]
    public static partial void Listening(this ILogger log, string version, string socket, string config);

    [LoggerMessage(2, LogLevel.Information, "Playing on {Device}, {Rate} Hz, {Period} frames, {Channels} out, {InputChannels} in; realtime priority: {IsRealtime}.")]
    public static partial void Playing(this ILogger log, string device, int rate, int period, int channels, int inputChannels, bool isRealtime);

    [LoggerMessage(3, LogLevel.Warning, "No sound device or server is there, so nobody hears this: {Reasons}")]
    public static partial void PlaysToNobody(this ILogger log, string reasons);

    [LoggerMessage(4, LogLevel.Warning, "Waiting for {Device}: {Reason}")]
    public static partial void WaitingForDevice(this ILogger log, string device, string reason);

    [LoggerMessage(5, LogLevel.Information, "Ready {Milliseconds} ms after the start of the process.")]
    public static partial void Ready(this ILogger log, long milliseconds);

    [LoggerMessage(6, LogLevel.Information, "Ending: {Why}.")]
    public static partial void Ending(this ILogger log, string why);

    [LoggerMessage(7, LogLevel.Information, "Ended in order.")]
    public static partial void Ended(this ILogger log);

    [LoggerMessage(8, LogLevel.Information, "Applied {Path}: {Difference}")]
    public static partial void GraphApplied(this ILogger log, string path, string difference);

    [LoggerMessage(9, LogLevel.Error, "The graph {Path} stays as it was: {Reason}")]
    public static partial void GraphRefused(this ILogger log, string path, string reason);

    [LoggerMessage(10, LogLevel.Information, "Took over from the configuration {Path}: {Changes}.")]
    public static partial void Reloaded(this ILogger log, string path, string changes);

    [LoggerMessage(11, LogLevel.Warning, "Changed in the configuration, and takes effect after a restart: {Sections}.")]
    public static partial void NeedsRestart(this ILogger log, string sections);

    [LoggerMessage(12, LogLevel.Error, "The configuration stays as it was: {Reason}")]
    public static partial void ReloadRefused(this ILogger log, string reason);

    [LoggerMessage(13, LogLevel.Information, "There is no configuration to read again.")]
    public static partial void NothingToReload(this ILogger log);

    [LoggerMessage(20, LogLevel.Information, "State: {State}.")]
    public static partial void State(this ILogger log, string state);

    [LoggerMessage(21, LogLevel.Warning, "Device {Device}: {What}. {Reason}")]
    public static partial void DeviceChanged(this ILogger log, string device, string what, string reason);

    [LoggerMessage(22, LogLevel.Information, "Device {Device}: {What}.")]
    public static partial void DeviceTold(this ILogger log, string device, string what);

    [LoggerMessage(23, LogLevel.Error, "Node {Node} failed: {Reason}")]
    public static partial void NodeFailed(this ILogger log, int node, string reason);

    [LoggerMessage(24, LogLevel.Debug, "Node {Node}: {What}.")]
    public static partial void NodeTold(this ILogger log, int node, string what);

    [LoggerMessage(25, LogLevel.Warning, "{Count} times in the last second: {Type}, cause {Cause}, {Frames} frames, {PredictedFrames} of them predicted, {Microseconds} us.")]
    public static partial void Xruns(this ILogger log, int count, string type, string cause, long frames, long predictedFrames, long microseconds);

    [LoggerMessage(26, LogLevel.Warning, "Node {Node} ({Name}) is left out: it took {Microseconds} us, and {LimitMicroseconds} us are there.")]
    public static partial void Bypassed(this ILogger log, int node, string name, long microseconds, long limitMicroseconds);

    [LoggerMessage(30, LogLevel.Information, "Metrics go to {Endpoint} by OTLP over {Protocol}, every {Seconds} s.")]
    public static partial void Metrics(this ILogger log, Uri endpoint, string protocol, int seconds);

    [LoggerMessage(31, LogLevel.Error, "No sign of life from the engine: its thread or its device thread stands still.")]
    public static partial void StandsStill(this ILogger log);
}
