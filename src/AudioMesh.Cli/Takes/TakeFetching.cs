// SPDX-License-Identifier: MIT
using AudioMesh.Network.Bus;
using AudioMesh.Network.Stems;

namespace AudioMesh.Cli.Takes;

/// <summary>Brings takes of other hosts into a folder, one host after the other.</summary>
internal sealed class TakeFetching(TakeSources sources, IReadOnlyList<string> hosts)
{
    /// <summary>What the hosts have. Throws what finding and connecting throw, naming the host.</summary>
    public async Task<IReadOnlyList<(TakeSource Source, TakeOffer Take)>> ListAsync(CancellationToken cancellation)
    {
        List<(TakeSource, TakeOffer)> offers = [];
        foreach (TakeSource source in await sources.FindAsync(hosts, cancellation))
        {
            try
            {
                using TakeClient client = await TakeClient.ConnectAsync(source.Address, sources.Key, cancellation);
                offers.AddRange((await client.ListAsync(cancellation)).Select(take => (source, take)));
            }
            catch (AudioMeshException error)
            {
                throw new AudioMeshException(error.Kind, $"{source.Host}: {error.Message}", error);
            }
        }

        return offers;
    }

    /// <summary>Fetches takes into a folder for each host below <paramref name="folder"/>, and answers their sidecars. Throws what goes wrong, naming host and take; then the same call goes on from there.</summary>
    public async Task<IReadOnlyList<string>> FetchAsync(IReadOnlyList<(TakeSource Source, TakeOffer Take)> takes, string folder, FetchView view, CancellationToken cancellation)
    {
        List<string> sidecars = [];
        foreach (IGrouping<TakeSource, (TakeSource Source, TakeOffer Take)> host in takes.GroupBy(take => take.Source))
        {
            string name = "";
            try
            {
                using TakeClient client = await TakeClient.ConnectAsync(host.Key.Address, sources.Key, cancellation);
                foreach ((TakeSource source, TakeOffer take) in host)
                {
                    name = $", {take.Place}";
                    string sidecar = await client.FetchAsync(take, Path.Combine(folder, BusSubject.Token(source.Host)), progress => view.Show(source.Host, progress), cancellation);
                    view.End(source.Host, sidecar);
                    sidecars.Add(sidecar);
                }
            }
            catch (AudioMeshException error)
            {
                view.BreakOff();
                throw new AudioMeshException(error.Kind, $"{host.Key.Host}{name}: {error.Message} What has come is kept, and the same command goes on from there.", error);
            }
        }

        return sidecars;
    }
}
