# bash: Completion of spinetrack. Written by completions/generate.py: change the command, not this file.
_spinetrack_pick() {
    local IFS=$' \n'
    COMPREPLY=($(compgen -W "$1" -- "$2"))
}
_spinetrack_list() {
    local before="" last=$2 word
    if [[ $2 == *,* ]]; then before=${2%,*},; last=${2##*,}; fi
    COMPREPLY=()
    for word in $1; do
        [[ $word == "$last"* ]] && COMPREPLY+=("$before$word")
    done
    compopt -o nospace 2>/dev/null
}
_spinetrack() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} path="" at word
    if [[ $cur == "=" ]]; then
        cur=""
    elif [[ $prev == "=" ]]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        case "$path $word" in
            *" --home") ((at++)); continue ;;
            "log --at"|"log --where"|"log --stop"|"log --note"|"log -n"|"flare/start --trigger"|"flare/start --at"|"flare/end --helped"|"flare/end --at"|"flare/list --since"|"flare/list --until"|"report -o"|"report --output"|"report --format"|"report --since"|"report --until"|"report --without"|"report --to"|"stop --ended"|"block/start --pain"|"block/start --name"|"block/start --treatment"|"block/start --at"|"block/rate --doing"|"block/rate --relief"|"block/rate --took"|"block/rate --at"|"block/list --since"|"block/list --until"|"med/add --dose"|"med/add --class"|"med/add --contains"|"med/add --tags"|"med/add --for"|"med/add --since"|"med/add --by"|"med/add --note"|"med/add -n"|"med/take --at"|"med/take --on-purpose"|"med/take --note"|"med/take -n"|"med/taken --since"|"med/taken --until"|"med/fix --at"|"med/fix --on-purpose"|"med/stop --on"|"med/edit --name"|"med/edit --dose"|"med/edit --class"|"med/edit --contains"|"med/edit --tags"|"med/edit --for"|"med/edit --since"|"med/edit --from"|"med/edit --by"|"med/edit --note"|"med/edit -n"|"med/list --since"|"med/list --until"|"side-effect --med"|"side-effect --at"|"side-effect --since"|"side-effect --until"|"edit --drop"|"edit --where"|"edit --stop"|"edit --pain"|"edit --effort"|"edit --note"|"edit -n"|"move --at"|"history --since"|"history --until"|"history --limit"|"chart --since"|"chart --until"|"body --since"|"body --until"|"insight --since"|"plan/add --kind"|"plan/add --per-week"|"plan/add --sets"|"plan/add --reps"|"plan/add --hold"|"plan/add --load"|"plan/add --tempo"|"plan/add --rest"|"plan/add --by"|"plan/set --by"|"plan/set --up-to"|"plan/set --per-week"|"plan/set --at"|"done --pain"|"done --effort"|"done --stop"|"done --at"|"done --note"|"done -n"|"skip --why"|"skip --at"|"pace --block"|"pace --break"|"score --total"|"score --version"|"score --activity"|"score --at"|"score --since"|"score --until"|"goal/add --metric"|"goal/add --target"|"goal/add --by"|"goal/add --why"|"goal/add --importance"|"goal/add --difficulty"|"goal/add --confidence"|"goal/add --supporter"|"goal/add --review-days"|"goal/add --levels"|"goal/rate --on"|"goal/edit --title"|"goal/edit --target"|"goal/edit --by"|"goal/edit --why"|"goal/edit --importance"|"goal/edit --difficulty"|"goal/edit --confidence"|"goal/edit --supporter"|"goal/edit --review-days"|"goal/edit --levels"|"goal/milestone --by"|"treat/add --name"|"treat/add --on"|"treat/add --end"|"treat/add --sessions"|"treat/add --with"|"treat/add --dose"|"treat/add --region"|"treat/add --result"|"treat/add --note"|"treat/add -n"|"treat/edit --kind"|"treat/edit --name"|"treat/edit --on"|"treat/edit --end"|"treat/edit --sessions"|"treat/edit --with"|"treat/edit --dose"|"treat/edit --region"|"treat/edit --result"|"treat/edit --note"|"treat/edit -n"|"treat/done --on"|"treat/done --dose"|"treat/done --note"|"treat/done -n"|"treat/end --on"|"treat/end --stopped"|"treat/list --since"|"treat/list --until"|"treat/effect --metric"|"treat/effect --before"|"treat/effect --after"|"remind --at"|"remind --days"|"remind --title"|"remind -o"|"remind --output"|"remind --timer"|"screen --yes"|"screen --unsure"|"screen --no"|"screen/list --since"|"screen/list --until"|"screen/outcome --by"|"screen/outcome --on"|"screen/outcome --old"|"screen/page -o"|"screen/page --output"|"export -o"|"export --output"|"export --format"|"export --since"|"export --until"|"export --to"|"review --as-of"|"review --html"|"review --key"|"import --as"|"import --map"|"import --key"|"backup --to"|"restore --key"|"encrypt --key-file"|"rekey --key-file"|"forget --since"|"forget --until"|"profile/gates --yes"|"profile/gates --unsure"|"team/add --role"|"team/add --note"|"team/add -n"|"team/edit --name"|"team/edit --role"|"team/edit --note"|"team/edit -n"|"visit/add --on"|"visit/add --with"|"visit/add --note"|"visit/add -n"|"visit/list --since"|"visit/list --until"|"visit/edit --who"|"visit/edit --on"|"visit/edit --with"|"visit/edit --note"|"visit/edit -n"|"metric/add --unit"|"metric/add --better"|"metric/add --label"|"metric/add --low"|"metric/add --high"|"config/rules --reset"|"demo --patient"|"demo --days"|"demo --keep") ((at++)); continue ;;
        esac
        case "${path:+$path/}$word" in
            "l") path=log ;;
            "u") path=undo ;;
            "f") path=flare ;;
            "r") path=report ;;
            "s") path=suggest ;;
            "log"|"undo"|"flare"|"flare/start"|"flare/end"|"flare/status"|"flare/list"|"flare/playbook"|"suggest"|"report"|"redo"|"start"|"stop"|"cancel"|"block"|"block/start"|"block/rate"|"block/show"|"block/list"|"block/remove"|"med"|"med/add"|"med/take"|"med/taken"|"med/fix"|"med/purpose"|"med/stop"|"med/edit"|"med/remove"|"med/list"|"side-effect"|"edit"|"move"|"delete"|"history"|"chart"|"body"|"insight"|"plan"|"plan/add"|"plan/names"|"plan/set"|"plan/remove"|"done"|"skip"|"pace"|"score"|"goal"|"goal/add"|"goal/list"|"goal/show"|"goal/review"|"goal/rate"|"goal/edit"|"goal/close"|"goal/milestone"|"treat"|"treat/add"|"treat/edit"|"treat/done"|"treat/end"|"treat/remove"|"treat/list"|"treat/kinds"|"treat/effect"|"question"|"due"|"remind"|"screen"|"screen/list"|"screen/outcome"|"screen/page"|"export"|"review"|"import"|"backup"|"restore"|"doctor"|"encrypt"|"decrypt"|"rekey"|"forget"|"profile"|"profile/show"|"profile/set"|"profile/gates"|"team"|"team/add"|"team/list"|"team/edit"|"team/remove"|"visit"|"visit/add"|"visit/list"|"visit/edit"|"visit/remove"|"metric"|"metric/add"|"metric/list"|"metric/hide"|"config"|"config/rules"|"guide"|"demo"|"completion"|"man") path=${path:+$path/}$word ;;
        esac
    done
    COMPREPLY=()
    case "$path $prev" in
        *" --home") COMPREPLY=($(compgen -d -- "$cur")); return ;;
        "log --note"|"log -n"|"flare/start --trigger"|"flare/end --helped"|"flare/list --until"|"report --format"|"report --until"|"report --without"|"report --to"|"stop --ended"|"block/start --pain"|"block/start --name"|"block/start --treatment"|"block/rate --doing"|"block/rate --relief"|"block/list --until"|"med/add --dose"|"med/add --contains"|"med/add --for"|"med/add --by"|"med/add --note"|"med/add -n"|"med/take --note"|"med/take -n"|"med/taken --until"|"med/stop --on"|"med/edit --name"|"med/edit --dose"|"med/edit --contains"|"med/edit --for"|"med/edit --from"|"med/edit --by"|"med/edit --note"|"med/edit -n"|"med/list --until"|"side-effect --med"|"side-effect --until"|"edit --drop"|"edit --pain"|"edit --effort"|"edit --note"|"edit -n"|"history --until"|"history --limit"|"chart --until"|"body --until"|"plan/add --per-week"|"plan/add --sets"|"plan/add --reps"|"plan/add --hold"|"plan/add --load"|"plan/add --tempo"|"plan/add --rest"|"plan/add --by"|"plan/set --by"|"plan/set --up-to"|"plan/set --per-week"|"done --pain"|"done --effort"|"done --note"|"done -n"|"pace --block"|"pace --break"|"score --total"|"score --version"|"score --activity"|"score --until"|"goal/add --target"|"goal/add --by"|"goal/add --why"|"goal/add --importance"|"goal/add --difficulty"|"goal/add --confidence"|"goal/add --supporter"|"goal/add --review-days"|"goal/add --levels"|"goal/rate --on"|"goal/edit --title"|"goal/edit --target"|"goal/edit --by"|"goal/edit --why"|"goal/edit --importance"|"goal/edit --difficulty"|"goal/edit --confidence"|"goal/edit --supporter"|"goal/edit --review-days"|"goal/edit --levels"|"goal/milestone --by"|"treat/add --name"|"treat/add --on"|"treat/add --end"|"treat/add --sessions"|"treat/add --with"|"treat/add --dose"|"treat/add --region"|"treat/add --result"|"treat/add --note"|"treat/add -n"|"treat/edit --name"|"treat/edit --on"|"treat/edit --end"|"treat/edit --sessions"|"treat/edit --with"|"treat/edit --dose"|"treat/edit --region"|"treat/edit --result"|"treat/edit --note"|"treat/edit -n"|"treat/done --on"|"treat/done --dose"|"treat/done --note"|"treat/done -n"|"treat/end --on"|"treat/end --stopped"|"treat/list --until"|"treat/effect --before"|"treat/effect --after"|"remind --days"|"remind --title"|"remind --timer"|"screen/list --until"|"screen/outcome --by"|"screen/outcome --on"|"export -o"|"export --output"|"export --format"|"export --until"|"export --to"|"review --as-of"|"import --as"|"import --map"|"backup --to"|"forget --until"|"team/add --role"|"team/add --note"|"team/add -n"|"team/edit --name"|"team/edit --role"|"team/edit --note"|"team/edit -n"|"visit/add --on"|"visit/add --with"|"visit/add --note"|"visit/add -n"|"visit/list --until"|"visit/edit --who"|"visit/edit --on"|"visit/edit --with"|"visit/edit --note"|"visit/edit -n"|"metric/add --label"|"metric/add --low"|"metric/add --high"|"demo --patient"|"demo --days") return ;;
        "log --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "log --where") _spinetrack_list "head left-head right-head face left-face right-face jaw left-jaw right-jaw neck left-neck right-neck upper-neck left-upper-neck right-upper-neck lower-neck left-lower-neck right-lower-neck upper-back left-upper-back right-upper-back left-shoulder-blade right-shoulder-blade mid-back left-mid-back right-mid-back low-back left-low-back right-low-back sacrum tailbone left-buttock right-buttock left-hip right-hip left-groin right-groin saddle chest left-chest right-chest left-ribs right-ribs belly left-belly right-belly left-flank right-flank left-shoulder right-shoulder left-upper-arm right-upper-arm left-elbow right-elbow left-forearm right-forearm left-wrist right-wrist left-hand right-hand left-fingers right-fingers left-thigh right-thigh left-front-thigh right-front-thigh left-back-thigh right-back-thigh left-inner-thigh right-inner-thigh left-knee right-knee left-calf right-calf left-shin right-shin left-ankle right-ankle left-foot right-foot left-toes right-toes" "$cur"; return ;;
        "log --stop") _spinetrack_pick "pain leg stiff tired task timer" "$cur"; return ;;
        "flare/start --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "flare/end --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "flare/list --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "report -o"|"report --output") COMPREPLY=($(compgen -f -- "$cur")); return ;;
        "report --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "block/start --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "block/rate --took") _spinetrack_pick "painkiller sedation exercise" "$cur"; return ;;
        "block/rate --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "block/list --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "med/add --class") _spinetrack_pick "nsaid paracetamol opioid neuropathic benzodiazepine z-drug muscle-relaxant antihistamine ssri anticoagulant antiplatelet steroid topical other none" "$cur"; return ;;
        "med/add --tags") _spinetrack_list "sedating constipating anticoagulant none" "$cur"; return ;;
        "med/add --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "med/take --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "med/take --on-purpose") _spinetrack_pick "yes no unsure" "$cur"; return ;;
        "med/taken --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "med/fix --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "med/fix --on-purpose") _spinetrack_pick "yes no unsure" "$cur"; return ;;
        "med/edit --class") _spinetrack_pick "nsaid paracetamol opioid neuropathic benzodiazepine z-drug muscle-relaxant antihistamine ssri anticoagulant antiplatelet steroid topical other none" "$cur"; return ;;
        "med/edit --tags") _spinetrack_list "sedating constipating anticoagulant none" "$cur"; return ;;
        "med/edit --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "med/list --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "side-effect --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "side-effect --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "edit --where") _spinetrack_list "head left-head right-head face left-face right-face jaw left-jaw right-jaw neck left-neck right-neck upper-neck left-upper-neck right-upper-neck lower-neck left-lower-neck right-lower-neck upper-back left-upper-back right-upper-back left-shoulder-blade right-shoulder-blade mid-back left-mid-back right-mid-back low-back left-low-back right-low-back sacrum tailbone left-buttock right-buttock left-hip right-hip left-groin right-groin saddle chest left-chest right-chest left-ribs right-ribs belly left-belly right-belly left-flank right-flank left-shoulder right-shoulder left-upper-arm right-upper-arm left-elbow right-elbow left-forearm right-forearm left-wrist right-wrist left-hand right-hand left-fingers right-fingers left-thigh right-thigh left-front-thigh right-front-thigh left-back-thigh right-back-thigh left-inner-thigh right-inner-thigh left-knee right-knee left-calf right-calf left-shin right-shin left-ankle right-ankle left-foot right-foot left-toes right-toes" "$cur"; return ;;
        "edit --stop") _spinetrack_pick "pain leg stiff tired task timer" "$cur"; return ;;
        "move --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "history --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "chart --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "body --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "insight --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "plan/add --kind") _spinetrack_pick "tolerance strength mobility core aerobic balance relaxation" "$cur"; return ;;
        "plan/set --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "done --stop") _spinetrack_pick "pain leg stiff tired task timer" "$cur"; return ;;
        "done --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "skip --why") _spinetrack_pick "pain afraid ill away time" "$cur"; return ;;
        "skip --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "score --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "score --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "goal/add --metric") _spinetrack_pick "pain worst least now limb sit stand walk distance steps active sleep sleepq wakes stiff mood stress fatigue work grog bowel dailydist weight" "$cur"; return ;;
        "treat/edit --kind") _spinetrack_pick "physiotherapy manual-therapy chiropractic osteopathy acupuncture massage heat cold tens ultrasound traction exercise mindfulness yoga tai-chi cbt act nutrition ergonomics brace other epidural facet sacroiliac trigger-point medial-branch-block injection ablation discectomy decompression fusion robot-assisted surgery x-ray mri ct standing-imaging nerve-test bone-density blood-test imaging" "$cur"; return ;;
        "treat/list --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "treat/effect --metric") _spinetrack_pick "pain worst least now limb sit stand walk distance steps active sleep sleepq wakes stiff mood stress fatigue work grog bowel dailydist weight" "$cur"; return ;;
        "remind --at") _spinetrack_pick "yesterday today" "$cur"; return ;;
        "remind -o"|"remind --output") COMPREPLY=($(compgen -f -- "$cur")); return ;;
        "screen --yes") _spinetrack_list "CE1 CE2 CE3 CE4 CE5 CE6 CE7 CE8 MY1 MY2 MY3 MY4 MY5 ND1 ND2 ND3 ND4 ND5 IN1 IN2 IN3 MA1 MA2 MA3 MA4 FX1 FX2 FX3 VA1 VA2 VA3 VA4 OT1 OT2 OT3 OT4 OD1 OD2 PG1 CH1 CH2 IB1 IB2 IB3 IB4 IB5 IB6 IB7 IB8 IB9 IB10 IB11" "$cur"; return ;;
        "screen --unsure") _spinetrack_list "CE1 CE2 CE3 CE4 CE5 CE6 CE7 CE8 MY1 MY2 MY3 MY4 MY5 ND1 ND2 ND3 ND4 ND5 IN1 IN2 IN3 MA1 MA2 MA3 MA4 FX1 FX2 FX3 VA1 VA2 VA3 VA4 OT1 OT2 OT3 OT4 OD1 OD2 PG1 CH1 CH2 IB1 IB2 IB3 IB4 IB5 IB6 IB7 IB8 IB9 IB10 IB11" "$cur"; return ;;
        "screen --no") _spinetrack_list "CE1 CE2 CE3 CE4 CE5 CE6 CE7 CE8 MY1 MY2 MY3 MY4 MY5 ND1 ND2 ND3 ND4 ND5 IN1 IN2 IN3 MA1 MA2 MA3 MA4 FX1 FX2 FX3 VA1 VA2 VA3 VA4 OT1 OT2 OT3 OT4 OD1 OD2 PG1 CH1 CH2 IB1 IB2 IB3 IB4 IB5 IB6 IB7 IB8 IB9 IB10 IB11" "$cur"; return ;;
        "screen/list --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "screen/outcome --old") _spinetrack_pick "CE1 CE2 CE3 CE4 CE5 CE6 CE7 CE8 MY1 MY2 MY3 MY4 MY5 ND1 ND2 ND3 ND4 ND5 IN1 IN2 IN3 MA1 MA2 MA3 MA4 FX1 FX2 FX3 VA1 VA2 VA3 VA4 OT1 OT2 OT3 OT4 OD1 OD2 PG1 CH1 CH2 IB1 IB2 IB3 IB4 IB5 IB6 IB7 IB8 IB9 IB10 IB11" "$cur"; return ;;
        "screen/page -o"|"screen/page --output") COMPREPLY=($(compgen -f -- "$cur")); return ;;
        "export --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "review --html") COMPREPLY=($(compgen -f -- "$cur")); return ;;
        "review --key") COMPREPLY=($(compgen -f -- "$cur")); return ;;
        "import --key") COMPREPLY=($(compgen -f -- "$cur")); return ;;
        "restore --key") COMPREPLY=($(compgen -f -- "$cur")); return ;;
        "encrypt --key-file") COMPREPLY=($(compgen -f -- "$cur")); return ;;
        "rekey --key-file") COMPREPLY=($(compgen -f -- "$cur")); return ;;
        "forget --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "profile/gates --yes") _spinetrack_list "surgery pregnancy osteoporosis cancer anticoagulant neuro heart immune minor" "$cur"; return ;;
        "profile/gates --unsure") _spinetrack_list "surgery pregnancy osteoporosis cancer anticoagulant neuro heart immune minor" "$cur"; return ;;
        "visit/list --since") _spinetrack_pick "7d 2w 4w 8w 12w" "$cur"; return ;;
        "metric/add --unit") _spinetrack_pick "min m 0-10 yes/no count kg" "$cur"; return ;;
        "metric/add --better") _spinetrack_pick "up down" "$cur"; return ;;
        "config/rules --reset") _spinetrack_pick "step-percent step-days adherence session-pain flare-rise stale-days short-night poor-sleep good-day-cap bad-day-floor" "$cur"; return ;;
        "demo --keep") COMPREPLY=($(compgen -f -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        case "$path" in
            "") _spinetrack_pick "--version --plain --help --home" "$cur" ;;
            "log") _spinetrack_pick "-y --yesterday --at --where --flare --stop --note -n --json --plain --help --home" "$cur" ;;
            "undo") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "flare") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "flare/start") _spinetrack_pick "--trigger --at --json --plain --help --home" "$cur" ;;
            "flare/end") _spinetrack_pick "--helped --at --json --plain --help --home" "$cur" ;;
            "flare/status") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "flare/list") _spinetrack_pick "--since --until --json --plain --help --home" "$cur" ;;
            "flare/playbook") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "suggest") _spinetrack_pick "--why --all --json --plain --help --home" "$cur" ;;
            "report") _spinetrack_pick "-o --output --format --since --until --without --redact --short --preview --open --force --with-everything --passphrase --to --plain --help --home" "$cur" ;;
            "redo") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "start") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "stop") _spinetrack_pick "--ended --json --plain --help --home" "$cur" ;;
            "cancel") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "block") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "block/start") _spinetrack_pick "--pain --name --treatment --at --json --plain --help --home" "$cur" ;;
            "block/rate") _spinetrack_pick "--doing --provoked --not-provoked --relief --took --at --json --plain --help --home" "$cur" ;;
            "block/show") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "block/list") _spinetrack_pick "--since --until --json --plain --help --home" "$cur" ;;
            "block/remove") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "med") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "med/add") _spinetrack_pick "--dose --class --contains --otc --prescribed --tags --for --since --by --note -n --json --plain --help --home" "$cur" ;;
            "med/take") _spinetrack_pick "--at -y --yesterday --on-purpose --note -n --json --plain --help --home" "$cur" ;;
            "med/taken") _spinetrack_pick "--since --until --json --plain --help --home" "$cur" ;;
            "med/fix") _spinetrack_pick "--at --remove --on-purpose --json --plain --help --home" "$cur" ;;
            "med/purpose") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "med/stop") _spinetrack_pick "--on --json --plain --help --home" "$cur" ;;
            "med/edit") _spinetrack_pick "--name --dose --class --contains --otc --prescribed --tags --for --since --from --by --note -n --json --plain --help --home" "$cur" ;;
            "med/remove") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "med/list") _spinetrack_pick "--all --since --until --json --plain --help --home" "$cur" ;;
            "side-effect") _spinetrack_pick "--med --at --since --until --json --plain --help --home" "$cur" ;;
            "edit") _spinetrack_pick "--drop --where --stop --flare --no-flare --pain --effort --settled --not-settled --note -n --json --plain --help --home" "$cur" ;;
            "move") _spinetrack_pick "--at --json --plain --help --home" "$cur" ;;
            "delete") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "history") _spinetrack_pick "--since --until --limit --json --plain --help --home" "$cur" ;;
            "chart") _spinetrack_pick "--since --until --json --plain --help --home" "$cur" ;;
            "body") _spinetrack_pick "--since --until --json --plain --help --home" "$cur" ;;
            "insight") _spinetrack_pick "--since --json --plain --help --home" "$cur" ;;
            "plan") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "plan/add") _spinetrack_pick "--kind --per-week --sets --reps --hold --load --tempo --rest --by --cleared --json --plain --help --home" "$cur" ;;
            "plan/names") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "plan/set") _spinetrack_pick "--by --up-to --per-week --at --json --plain --help --home" "$cur" ;;
            "plan/remove") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "done") _spinetrack_pick "--pain --effort --settled --not-settled --stop --spread --minimum --at -y --yesterday --note -n --json --plain --help --home" "$cur" ;;
            "skip") _spinetrack_pick "--why --at --json --plain --help --home" "$cur" ;;
            "pace") _spinetrack_pick "--block --break --minimum --json --plain --help --home" "$cur" ;;
            "score") _spinetrack_pick "--total --version --activity --at --since --until --json --plain --help --home" "$cur" ;;
            "goal") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "goal/add") _spinetrack_pick "--metric --target --by --why --importance --difficulty --confidence --supporter --review-days --levels --json --plain --help --home" "$cur" ;;
            "goal/list") _spinetrack_pick "--all --json --plain --help --home" "$cur" ;;
            "goal/show") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "goal/review") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "goal/rate") _spinetrack_pick "--on --json --plain --help --home" "$cur" ;;
            "goal/edit") _spinetrack_pick "--title --target --by --why --importance --difficulty --confidence --supporter --review-days --levels --json --plain --help --home" "$cur" ;;
            "goal/close") _spinetrack_pick "--reached --json --plain --help --home" "$cur" ;;
            "goal/milestone") _spinetrack_pick "--by --json --plain --help --home" "$cur" ;;
            "treat") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "treat/add") _spinetrack_pick "--name --on --end --sessions --with --dose --active --passive --region --result --agreed --not-agreed --note -n --json --plain --help --home" "$cur" ;;
            "treat/edit") _spinetrack_pick "--kind --name --on --end --sessions --with --dose --active --passive --region --result --agreed --not-agreed --note -n --json --plain --help --home" "$cur" ;;
            "treat/done") _spinetrack_pick "--on --dose --note -n --json --plain --help --home" "$cur" ;;
            "treat/end") _spinetrack_pick "--on --stopped --finished --json --plain --help --home" "$cur" ;;
            "treat/remove") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "treat/list") _spinetrack_pick "--since --until --json --plain --help --home" "$cur" ;;
            "treat/kinds") _spinetrack_pick "--plain --help --home" "$cur" ;;
            "treat/effect") _spinetrack_pick "--metric --before --after --json --plain --help --home" "$cur" ;;
            "question") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "due") _spinetrack_pick "--plain --help --home" "$cur" ;;
            "remind") _spinetrack_pick "--at --days --title -o --output --timer --force --plain --help --home" "$cur" ;;
            "screen") _spinetrack_pick "--short --none --yes --unsure --no --json --plain --help --home" "$cur" ;;
            "screen/list") _spinetrack_pick "--since --until --json --plain --help --home" "$cur" ;;
            "screen/outcome") _spinetrack_pick "--by --on --mistake --gone --booked --old --json --plain --help --home" "$cur" ;;
            "screen/page") _spinetrack_pick "-o --output --force --with-everything --plain --help --home" "$cur" ;;
            "export") _spinetrack_pick "-o --output --format --since --until --redact --force --raw --passphrase --to --plain --help --home" "$cur" ;;
            "review") _spinetrack_pick "--as-of --html --force --passphrase --key --json --plain --help --home" "$cur" ;;
            "import") _spinetrack_pick "--as --dry-run --same-person --rest --map --passphrase --key --plain --help --home" "$cur" ;;
            "backup") _spinetrack_pick "--passphrase --to --json --plain --help --home" "$cur" ;;
            "restore") _spinetrack_pick "--list --yes --same-person --as-is --passphrase --key --json --plain --help --home" "$cur" ;;
            "doctor") _spinetrack_pick "--repair --json --plain --help --home" "$cur" ;;
            "encrypt") _spinetrack_pick "--key-file --keyring --yes --plain --help --home" "$cur" ;;
            "decrypt") _spinetrack_pick "--yes --plain --help --home" "$cur" ;;
            "rekey") _spinetrack_pick "--key-file --keyring --plain --help --home" "$cur" ;;
            "forget") _spinetrack_pick "--all --words --since --until --plain --help --home" "$cur" ;;
            "profile") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "profile/show") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "profile/set") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "profile/gates") _spinetrack_pick "--none --yes --unsure --json --plain --help --home" "$cur" ;;
            "team") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "team/add") _spinetrack_pick "--role --note -n --json --plain --help --home" "$cur" ;;
            "team/list") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "team/edit") _spinetrack_pick "--name --role --note -n --json --plain --help --home" "$cur" ;;
            "team/remove") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "visit") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "visit/add") _spinetrack_pick "--on --with --note -n --json --plain --help --home" "$cur" ;;
            "visit/list") _spinetrack_pick "--since --until --json --plain --help --home" "$cur" ;;
            "visit/edit") _spinetrack_pick "--who --on --with --note -n --json --plain --help --home" "$cur" ;;
            "visit/remove") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "metric") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "metric/add") _spinetrack_pick "--unit --better --label --low --high --json --plain --help --home" "$cur" ;;
            "metric/list") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "metric/hide") _spinetrack_pick "--json --plain --help --home" "$cur" ;;
            "config") _spinetrack_pick "--plain --help --home" "$cur" ;;
            "config/rules") _spinetrack_pick "--reset --json --plain --help --home" "$cur" ;;
            "guide") _spinetrack_pick "--plain --help --home" "$cur" ;;
            "demo") _spinetrack_pick "--patient --days --keep --plain --help --home" "$cur" ;;
            "completion") _spinetrack_pick "--plain --help --home" "$cur" ;;
            "man") _spinetrack_pick "--plain --help --home" "$cur" ;;
        esac
        return
    fi
    case "$path" in
        "") _spinetrack_pick "log undo flare suggest report redo start stop cancel block med side-effect edit move delete history chart body insight plan done skip pace score goal treat question due remind screen export review import backup restore doctor encrypt decrypt rekey forget profile team visit metric config guide demo completion man" "$cur" ;;
        "log") _spinetrack_pick "pain worst least now limb sit stand walk distance steps active sleep sleepq wakes stiff mood stress fatigue work grog bowel dailydist weight note" "$cur" ;;
        "flare") _spinetrack_pick "start end status list playbook" "$cur" ;;
        "flare/playbook") _spinetrack_pick "set" "$cur" ;;
        "suggest") _spinetrack_pick "follow adjust ignore ask" "$cur" ;;
        "start") _spinetrack_pick "sit stand walk" "$cur" ;;
        "stop") _spinetrack_pick "pain leg stiff tired task timer" "$cur" ;;
        "block") _spinetrack_pick "start rate show list remove" "$cur" ;;
        "med") _spinetrack_pick "add take taken fix purpose stop edit remove list" "$cur" ;;
        "med/purpose") _spinetrack_pick "yes no unsure" "$cur" ;;
        "side-effect") _spinetrack_pick "list remove" "$cur" ;;
        "history") _spinetrack_pick "pain worst least now limb sit stand walk distance steps active sleep sleepq wakes stiff mood stress fatigue work grog bowel dailydist weight" "$cur" ;;
        "chart") _spinetrack_pick "pain worst least now limb sit stand walk distance steps active sleep sleepq wakes stiff mood stress fatigue work grog bowel dailydist weight" "$cur" ;;
        "plan") _spinetrack_pick "add names set remove" "$cur" ;;
        "plan/add") _spinetrack_pick "sit stand walk" "$cur" ;;
        "plan/set") _spinetrack_pick "sit stand walk" "$cur" ;;
        "plan/remove") _spinetrack_pick "sit stand walk" "$cur" ;;
        "done") _spinetrack_pick "sit stand walk all" "$cur" ;;
        "skip") _spinetrack_pick "sit stand walk all" "$cur" ;;
        "pace") _spinetrack_pick "sit stand walk" "$cur" ;;
        "goal") _spinetrack_pick "add list show review rate edit close milestone" "$cur" ;;
        "goal/milestone") _spinetrack_pick "add set done remove renew" "$cur" ;;
        "treat") _spinetrack_pick "add edit done end remove list kinds effect" "$cur" ;;
        "treat/add") _spinetrack_pick "physiotherapy manual-therapy chiropractic osteopathy acupuncture massage heat cold tens ultrasound traction exercise mindfulness yoga tai-chi cbt act nutrition ergonomics brace other epidural facet sacroiliac trigger-point medial-branch-block injection ablation discectomy decompression fusion robot-assisted surgery x-ray mri ct standing-imaging nerve-test bone-density blood-test imaging" "$cur" ;;
        "screen") _spinetrack_pick "list outcome page" "$cur" ;;
        "review") COMPREPLY=($(compgen -f -- "$cur")) ;;
        "import") COMPREPLY=($(compgen -f -- "$cur")) ;;
        "backup") COMPREPLY=($(compgen -f -- "$cur")) ;;
        "profile") _spinetrack_pick "show set gates" "$cur" ;;
        "profile/set") _spinetrack_pick "country units regions onset name carer rises mode worse eases snore sleepy season tags weight-under-50" "$cur" ;;
        "team") _spinetrack_pick "add list edit remove" "$cur" ;;
        "visit") _spinetrack_pick "add list edit remove" "$cur" ;;
        "metric") _spinetrack_pick "add list hide" "$cur" ;;
        "config") _spinetrack_pick "rules" "$cur" ;;
        "config/rules") _spinetrack_pick "step-percent step-days adherence session-pain flare-rise stale-days short-night poor-sleep good-day-cap bad-day-floor" "$cur" ;;
        "completion") _spinetrack_pick "bash zsh fish" "$cur" ;;
    esac
}
complete -F _spinetrack spinetrack
