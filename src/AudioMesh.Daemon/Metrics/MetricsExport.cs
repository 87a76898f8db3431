// SPDX-License-Identifier: MIT
using AudioMesh.Control;
using AudioMesh.Daemon.Config;
using AudioMesh.Daemon.Hosting;
using AudioMesh.Daemon.Logs;
using AudioMesh.Engine;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace AudioMesh.Daemon.Metrics;

/// <summary>Sends metrics to the collector that the configuration names, or nothing to nobody. One thread.</summary>
internal sealed class MetricsExport(AudioEngine engine, ILogger log) : IDisposable
{
    /// <summary>The runtime's own: collections, pauses, memory, threads.</summary>
    private const string RuntimeMeter = "System.Runtime";
    private const int LastExportMs = 1000;

    private TelemetryConfig _config = new();
    private EngineMeter? _meter;
    private MeterProvider? _provider;

    /// <summary>Goes over to <paramref name="config"/>; nothing happens where that is the same.</summary>
    public void Use(TelemetryConfig config, ClientDoor door)
    {
        if (config == _config)
        {
            return;
        }

        Dispose();
        _config = config;
        if (config.Endpoint is not { } endpoint)
        {
            return;
        }

        _meter = new EngineMeter(engine, door);
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("audiomixerd", serviceVersion: ProductVersion.Text))
            .AddMeter(EngineMeter.Name, RuntimeMeter)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = config.Protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = config.Protocol == "http" && endpoint.AbsolutePath == "/" ? new Uri(endpoint, "v1/metrics") : endpoint;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = config.IntervalSeconds * 1000;
            })
            .Build();
        log.Metrics(endpoint, config.Protocol, config.IntervalSeconds);
    }

    public void Dispose()
    {
        _provider?.Shutdown(LastExportMs);
        _provider?.Dispose();
        _meter?.Dispose();
        _provider = null;
        _meter = null;
    }
}
