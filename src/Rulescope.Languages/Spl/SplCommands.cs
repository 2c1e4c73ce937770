using System.Collections.Frozen;

namespace Rulescope.Languages.Spl;

/// <summary>What an option takes.</summary>
enum SplOptionKind
{
    Text,
    Boolean,
    Integer,
    Number,

    /// <summary>A span of time (<c>5m</c>, <c>1h@h</c>) or a width.</summary>
    Span,
}

/// <summary>The commands that are known, with their options (Splunk Search Reference 9.4).</summary>
static class SplCommands
{
    static readonly FrozenDictionary<string, FrozenDictionary<string, SplOptionKind>> Known = Table(
        ("abstract", "maxterms:i maxlines:i"), ("addcoltotals", "labelfield label"), ("addinfo", ""), ("addtotals", "row:b col:b labelfield label fieldname"),
        ("anomalies", "threshold:n labelonly:b normalize:b maxvalues:i field denylist"), ("anomalydetection", "method action pthresh:n cutoff:b"),
        ("append", "extendtimerange:b maxtime:i maxout:i timeout:i"), ("appendcols", "override:b extendtimerange:b maxtime:i maxout:i timeout:i"),
        ("appendpipe", "run_in_preview:b"), ("apply", "*"), ("arules", "sup:i conf:n"), ("autoregress", "p"),
        ("bin", "bins:i minspan:s span:s start end aligntime"), ("bucket", "bins:i minspan:s span:s start end aligntime"), ("bucketdir", "pathfield sizefield maxcount:i countfield sep"),
        ("chart", "agg cont:b format limit sep useother:b usenull:b nullstr otherstr dedup_splitvals:b span:s bins:i"), ("cluster", "t:n delims showcount:b countfield labelfield field labelonly:b match"),
        ("cofilter", ""), ("collect", "index addinfo:b addtime:b file host marker output_format run_in_preview:b spool:b source sourcetype testmode:b"),
        ("concurrency", "duration start output"), ("contingency", "maxopts:i mincolcover:n minrowcover:n usetotal:b totalstr"), ("convert", "timeformat"), ("correlate", ""),
        ("cyberchef", "*"), ("datamodel", "summariesonly:b allow_old_summaries:b strict_fields:b"), ("dbinspect", "index span:s corruptonly:b cached:b timeformat"), ("dedup", "keepevents:b keepempty:b consecutive:b"),
        ("delta", "p:i"), ("diff", "position1:i position2:i attribute diffheader:b context:b maxlen:i"), ("eval", ""), ("eventcount", "index list_vix:b report_size:b summarize:b"),
        ("eventstats", "allnum:b"), ("extract", "segment:b auto:b reload:b limit:i maxchars:i mv_add:b clean_keys:b kvdelim pairdelim"), ("kv", "segment:b auto:b reload:b limit:i maxchars:i mv_add:b clean_keys:b kvdelim pairdelim"),
        ("fieldformat", ""), ("fields", ""), ("fieldsummary", "maxvals:i"), ("filldown", ""), ("fillnull", "value"), ("findtypes", "max:i notcovered:b useraw:b"), ("fit", "*"), ("foreach", "fieldstr matchstr matchseg1 matchseg2 matchseg3 mode itemstr"),
        ("format", "mvsep maxresults:i emptystr"), ("from", ""), ("fromjson", "prefix"), ("gauge", ""), ("gentimes", "start end increment:s"), ("geom", "gen featureidfield allfeatures:b"), ("geostats", "latfield longfield outputlatfield outputlongfield globallimit:i locallimit:i maxzoomlevel:i"),
        ("head", "limit:i null:b keeplast:b"), ("highlight", ""), ("history", "events:b"), ("iconify", ""), ("inputcsv", "dispatch:b append:b strict:b start:i max:i events:b"), ("inputlookup", "append:b strict:b start:i max:i"),
        ("iplocation", "prefix allfields:b lang"), ("join", "type usetime:b earlier:b overwrite:b max:i left right"), ("kmeans", "k:i maxiters:i reps:i t:n cfield distype showcentroid:b"), ("loadjob", "*"), ("localize", "maxpause:s timeafter:s timebefore:s"), ("localop", ""),
        ("lookup", "local:b update:b event_time_field"), ("makecontinuous", "bins:i span:s start end aligntime"), ("makemv", "delim allowempty:b setsv:b tokenizer"), ("makeresults", "count:i annotate:b splunk_server splunk_server_group format data"), ("map", "search maxsearches:i"),
        ("metadata", "type index splunk_server splunk_server_group datatype"), ("metasearch", ""), ("meventcollect", "*"), ("mcollect", "*"), ("mpreview", "*"), ("msearch", "*"), ("mstats", "prestats:b append:b chart:b fillnull_value chunk_size:i backfill:b update_period:i"), ("multikv", "conf copyattrs:b fields filter forceheader:i multitable:b noheader:b rmorig:b"), ("multisearch", ""), ("mvcombine", "delim"), ("mvexpand", "limit:i"), ("nomv", ""),
        ("outlier", "type action param:n uselower:b mark:b"), ("outputcsv", "append:b create_empty:b override_if_empty:b dispatch:b usexml:b singlefile:b"), ("outputlookup", "append:b create_empty:b override_if_empty:b max:i key_field allow_updates:b createinapp:b create_context output_format"), ("outputtext", "usexml:b"), ("overlap", ""), ("pivot", "*"), ("predict", "*"),
        ("rangemap", "field default *"), ("rare", "showcount:b countfield limit:i useother:b otherstr percentfield showperc:b"), ("redistribute", "num_of_reducers:i"), ("regex", ""), ("relevancy", ""), ("reltime", ""), ("rename", ""), ("replace", ""), ("rest", "*"), ("return", "count:i"), ("reverse", ""), ("rex", "field mode max_match:i offset_field"), ("rtorder", "discard:b buffer_span:s max_buffer_size:i"), ("savedsearch", "*"), ("script", "*"), ("scrub", "*"), ("search", ""),
        ("searchtxn", "*"), ("selfjoin", "overwrite:b max:i keepsingle:b"), ("sendemail", "*"), ("set", ""), ("setfields", "*"), ("sichart", ""), ("sirare", ""), ("sistats", ""), ("sitimechart", ""), ("sitop", ""), ("sort", "limit:i"), ("spath", "input output path"), ("stats", "partitions:i allnum:b delim"), ("strcat", "allrequired:b"),
        ("streamstats", "reset_on_change:b reset_before reset_after current:b window:i time_window:s global:b allnum:b"), ("summary", ""), ("table", ""), ("tags", "outputfield inclname:b inclvalue:b"), ("tail", ""), ("timechart", "sep format partial:b cont:b limit agg usenull:b useother:b nullstr otherstr bins:i minspan:s span:s aligntime fixedrange:b dedup_splitvals:b start end"), ("timewrap", "*"), ("tojson", "*"),
        ("top", "showcount:b countfield limit:i useother:b otherstr percentfield showperc:b"), ("transaction", "name maxspan:s maxpause:s maxevents:i keeporphans:b startswith endswith connected:b unifyends:b keepevicted:b mvlist mvraw:b delim nullstr maxopentxn:i maxopenevents:i"), ("transpose", "*"), ("trendline", ""), ("tscollect", "*"), ("tstats", "prestats:b local:b append:b summariesonly:b include_reduced_buckets:b allow_old_summaries:b use_summary_index_values:b chunk_size:i fillnull_value strict_fields:b"),
        ("typeahead", "*"), ("typelearner", ""), ("typer", "eventtypes maxlen:i"), ("union", "maxtime:i maxout:i timeout:i"), ("uniq", ""), ("untable", ""), ("where", ""), ("x11", ""), ("xmlkv", "maxinputs:i"), ("xmlunescape", "maxinputs:i"), ("xpath", "outfield field default"), ("xyseries", "grouped:b sep format"));

    public static bool IsKnown(string name) => Known.ContainsKey(name);

    /// <summary>What an option of a command takes, or null where it has no such option.</summary>
    public static SplOptionKind? OptionOf(string command, string option) =>
        !Known.TryGetValue(command, out var options) ? null
        : options.TryGetValue(option, out var kind) ? kind
        : options.ContainsKey("*") ? SplOptionKind.Text : null;

    static FrozenDictionary<string, FrozenDictionary<string, SplOptionKind>> Table(params ReadOnlySpan<(string Name, string Options)> rows)
    {
        var table = new Dictionary<string, FrozenDictionary<string, SplOptionKind>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, options) in rows)
        {
            table[name] = options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(o => o.Split(':'))
                .ToFrozenDictionary(o => o[0], o => o is [_, var kind] ? KindOf(kind) : SplOptionKind.Text, StringComparer.OrdinalIgnoreCase);
        }

        return table.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    static SplOptionKind KindOf(string letter) => letter switch
    {
        "b" => SplOptionKind.Boolean,
        "i" => SplOptionKind.Integer,
        "n" => SplOptionKind.Number,
        "s" => SplOptionKind.Span,
        _ => SplOptionKind.Text,
    };
}
