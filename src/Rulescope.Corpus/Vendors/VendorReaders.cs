using Rulescope.Corpus.Vendors.Elastic;
using Rulescope.Corpus.Vendors.Google;
using Rulescope.Corpus.Vendors.Microsoft;
using Rulescope.Corpus.Vendors.Panther;
using Rulescope.Corpus.Vendors.Sigma;
using Rulescope.Corpus.Vendors.Splunk;

namespace Rulescope.Corpus.Vendors;

/// <summary>The readers there are, one per vendor.</summary>
public static class VendorReaders
{
    public static IReadOnlyList<IVendorReader> All { get; } = [new SigmaReader(), new ElasticReader(), new SplunkReader(), new MicrosoftReader(), new GoogleReader(), new PantherReader()];
}
